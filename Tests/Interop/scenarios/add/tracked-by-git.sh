# What Git tracks already cannot be added.
echo foo >foo
mkdir d && echo x >d/x
commit
dvc add foo
dvc add d
dvc add d/x
git rm -q --cached foo
dvc add foo
