# Questions to a project that one changed, answered by the other.
# compare: stdout-sorted
echo foo >foo
echo 'p: 1' >params.yaml
mkdir d && echo x >d/x
$A add -q foo d
$A stage add -q -n a -d foo -p p -o out -M m.json 'cp foo out; echo "{\"v\": 1}" >m.json'
$A repro -q
commit
# Of another size: in the same second DVC's library for Git would not see the change.
echo 'p: 20' >params.yaml
echo foo2 >foo
$A add -q foo
$A repro -q
rm d/x
echo y >d/y
$B status --json
$B data status --json --granular
$B diff --json --show-hash
$B params diff --json
$B metrics diff --json
$B ls . -R --json
$B dag --dot
