# Changed dependencies and outputs of stages are committed.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc stage add -q -n b -d out -o last 'cp out last'
dvc repro -q
commit
echo 2 >in
echo 3 >out
dvc commit -f a
snapshot one
dvc commit -f -d b
dvc status
