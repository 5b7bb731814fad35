# Results of earlier runs come back, uncached metrics too.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o out -M m.json 'cp in out; echo "{\"v\": $(cat in)}" >m.json; echo run >>log'
dvc repro -q
snapshot first
echo 2 >in
dvc repro -q
echo 1 >in
dvc repro
snapshot back
rm out m.json dvc.lock
dvc repro
dvc repro --no-run-cache -f
