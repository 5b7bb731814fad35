# Metafiles and Git's own folder cannot be added.
echo foo >foo
dvc add foo
dvc add foo.dvc
dvc add .git
dvc add .dvc/config
dvc add .
