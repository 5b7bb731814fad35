# --no-commit writes the metafile only; commit stores the data.
# compare: stdout
echo foo >foo
mkdir d && echo x >d/x
dvc add --no-commit foo d
snapshot uncommitted
dvc status
dvc commit
dvc status
