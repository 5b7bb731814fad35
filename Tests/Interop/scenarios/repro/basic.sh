# Run, do nothing, run again; texts on the way.
# compare: stdout
echo 1 >in
dvc add -q in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc stage add -q -n b -d out -M m.json 'echo "{\"v\": $(cat out)}" >m.json'
dvc repro
snapshot first
dvc repro
echo 2 >in
dvc repro
dvc repro
