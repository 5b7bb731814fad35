# Uncached outputs and the run cache only with --run-cache.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo 1 >in
dvc add -q in
dvc stage add -q -n a -d in -o out -M m.json 'cp in out; echo "{}" >m.json'
dvc repro -q
dvc push
snapshot plain
dvc push --run-cache
snapshot run-cache
rm -rf .dvc/cache out m.json in dvc.lock
dvc pull in.dvc
dvc pull --run-cache
snapshot pulled
dvc repro
