# --pull with a changed parameter runs only what changed.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo 1 >in
echo 'p: 1' >params.yaml
dvc add -q in
dvc stage add -q -n a -d in -o out 'cp in out; echo a >>out'
dvc stage add -q -n b -d out -p p -o last 'cp out last'
dvc repro -q
commit
dvc push -q --run-cache
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
echo 'p: 2' >params.yaml
dvc repro --pull
