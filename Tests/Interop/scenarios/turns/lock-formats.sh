# A lock written by one is not changed by the other.
cat >params.yaml <<'END'
p: {e: 1e5, s: '01', m: "multi\nline", n: null, f: 1., l: [1, [2]], nan: .nan, inf: .inf, u: é, y: yes, t: True, h: 0x1F}
END
echo 1 >in
x=xxxxxxxxxxxxxxxxxxxx
$A stage add -q -n a -d in -p p -o out "cp in out && echo $x $x $x '$x: $x' $x $x"
$A repro
cp dvc.lock first
$B status
$B repro
$B repro -f
cmp dvc.lock first >said
$B stage add -q -n b -d out -o last 'cp out last'
$B repro
$A repro
$A repro -f
