# After git checkout the data follows, stale outputs go.
# compare: stdout
echo one >foo
dvc add -q foo
commit one
git tag one
echo two >foo
mkdir d && echo x >d/x
echo b >bar
dvc add -q foo d bar
commit two
git checkout -q one
dvc status
dvc checkout
snapshot one
git checkout -q main
dvc checkout
