# A project inside a project: each sees its own data.
# compare: stdout
mkdir sub
cd sub
dvc init -q --subdir
echo foo >foo
dvc add foo
echo 'a: 1' >params.yaml
commit
echo 'a: 2' >params.yaml
dvc params diff
dvc diff HEAD~1
cd ..
echo bar >bar
dvc add bar
dvc status
dvc status -q
dvc ls . -R
