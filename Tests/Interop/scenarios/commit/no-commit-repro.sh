# repro --no-commit stores nothing until commit.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro --no-commit
snapshot uncommitted
dvc status
dvc commit
dvc status
