# Stages are removed from dvc.yaml and dvc.lock.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc stage add -q -n b -d out -o last 'cp out last'
dvc repro -q
commit
dvc remove a
snapshot one
dvc remove nosuch
dvc remove --outs b
