# -a and -T include what other branches and tags use.
# compare: stdout-sorted
dvc remote add -q -d r "$ROOT/remote"
echo one >foo
dvc add -q foo
commit one
git tag one
git checkout -q -b other
echo two >foo
dvc add -q foo
commit two
git checkout -q main
echo three >foo
dvc add -q foo
commit three
dvc status -c
dvc status -c -a
dvc status -c -T
dvc status -c -A
dvc status -c -a --json
dvc status -a
