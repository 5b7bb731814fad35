# One defines stages, the other runs them, in turn.
# compare: stdout
echo 1 >in
echo 'p: 1' >params.yaml
$A stage add -n a -d in -p p -o out 'cp in out'
$B stage add -n b -d out -M m.json 'echo "{\"v\": $(cat out)}" >m.json'
$B repro
$A repro
$A status
echo 2 >in
$A repro
$B repro
$B status
echo 'p: 2' >params.yaml
$B status
$B repro
$A status
