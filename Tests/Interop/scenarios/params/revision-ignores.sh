# Each commit is read by its own .dvcignore.
# compare: stdout-sorted
mkdir hidden
printf 'params: [p.yaml]\nmetrics: [m.json]\n' >hidden/dvc.yaml
printf 'a: 1\n' >hidden/p.yaml
printf '{"m": 1}' >hidden/m.json
echo hidden >>.dvcignore
commit one
sed -i '/^hidden/d' .dvcignore
dvc params diff --json
dvc metrics diff --json
commit two
dvc params diff HEAD~1 HEAD --json
echo '/hidden/p.yaml' >>.dvcignore
dvc params diff --json
dvc metrics show -A --json hidden/m.json
