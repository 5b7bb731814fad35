# --no-commit writes the lock but stores nothing.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro --no-commit
snapshot uncommitted
dvc repro
dvc commit
