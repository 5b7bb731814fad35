# No commit yet: differences with it are none.
# compare: stdout
echo 'a: 1' >params.yaml
echo '{"m": 1}' >m.json
printf 'metrics: [m.json]\n' >dvc.yaml
echo foo >foo
dvc add -q foo
dvc params diff
dvc params diff --json
dvc metrics diff
dvc metrics diff --md
dvc diff
dvc diff --json
dvc metrics show
dvc metrics show -a
dvc metrics show -T --json
dvc metrics show -A
dvc data status
dvc data status --json
dvc params diff nosuch
