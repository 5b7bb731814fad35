# Removal by output path is refused; by dvc.yaml file it is not.
echo foo >foo
dvc add -q foo
dvc remove foo
dvc stage add -q -n a -d foo -o out 'cp foo out'
dvc remove out
dvc remove dvc.yaml
