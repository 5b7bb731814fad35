# A stale output with unsaved changes is kept unless forced.
echo one >foo
dvc add -q foo
commit one
git tag one
mkdir d && echo x >d/x
echo b >bar
dvc add -q d bar
commit two
echo changed >bar
echo new >d/new
git checkout -q one
dvc checkout
snapshot refused
dvc checkout -f
