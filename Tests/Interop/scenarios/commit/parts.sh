# Uncached metrics, one output of several, and a stage whose command changed.
echo 1 >in
dvc stage add -q -n a -d in -o one -o two -M m.json 'cp in one; cp in two; echo "{}" >m.json'
dvc repro -q
commit
echo 2 >one
echo 2 >two
dvc commit -f one
snapshot one
dvc status
dvc commit
dvc commit -f
dvc status
sed -i 's/cp in one/cp in one #/' dvc.yaml
dvc commit
dvc commit -f a
dvc status
: >empty
dvc add -q --no-commit empty
dvc commit empty.dvc
