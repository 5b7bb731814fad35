# -d also pushes what a stage depends on.
dvc remote add -q -d r "$ROOT/remote"
echo 1 >in
dvc add -q in
dvc stage add -q -n a -d in -o out 'cp in out; echo a >>out'
dvc stage add -q -n b -d out -o last 'cp out last; echo b >>last'
dvc repro -q
dvc push b
snapshot one
dvc push -d b
