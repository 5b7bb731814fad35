# Between revisions; a file missing on one side.
# compare: stdout-sorted
printf 'metrics: [m.json, n.yaml]\n' >dvc.yaml
printf '{"a": 1}' >m.json
commit one
git tag v1
printf '{"a": 3}' >m.json
echo 'n: 1' >n.yaml
commit two
dvc metrics diff v1
dvc metrics diff v1 HEAD --json
dvc metrics diff HEAD v1 --md
rm m.json
dvc metrics diff
dvc metrics diff --json
