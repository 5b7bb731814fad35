# Escaped and unusual expressions.
# compare: stdout
printf 'a: 1\n"k-x": 2\nn: {"k y": 3, "1": 4}\nl: [[1, 2]]\n' >params.yaml
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: echo '\${a}' ${a}${a} ${ a } $a $${a} ${k-x} ${n[k y]} ${n.1} ${l[0][1]}
END
dvc repro --dry
dvc stage list
