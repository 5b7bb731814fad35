# Never run, changed command, dependencies, params and outputs.
# compare: stdout
echo 1 >in
echo 'p: 1' >params.yaml
dvc stage add -q -n a -d in -p p -o out 'cp in out'
dvc stage add -q -n b -d out -M m.json 'echo "{\"v\": 1}" >m.json'
dvc status
dvc status --json
dvc repro -q
dvc status
echo 2 >in
dvc status
dvc status a --json
dvc status b
echo 'p: 2' >params.yaml
dvc status --json
sed -i 's/cp in out/cp in out;/' dvc.yaml
dvc status
rm out in
dvc status
dvc status --json
dvc status -d b --json
dvc status nosuch
