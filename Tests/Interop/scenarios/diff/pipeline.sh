# Outputs of stages take part.
# compare: stdout-sorted
echo 1 >in
dvc stage add -q -n a -d in -o out -M m.json 'cp in out; echo "{\"v\": $(cat in)}" >m.json'
dvc repro -q
commit
echo 2 >in
dvc repro -q
dvc diff
dvc diff --json
