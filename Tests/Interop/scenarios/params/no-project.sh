# In a Git repository without a project, and in its folders.
# setup: git
# compare: stdout-sorted
printf 'a: 1\n' >params.yaml
printf 'metrics: [m.json]\n' >dvc.yaml
printf '{"m": 1}' >m.json
mkdir sub
printf 'b: 1\n' >sub/p.yaml
commit
printf 'a: 2\n' >params.yaml
printf '{"m": 2}' >m.json
dvc params diff
dvc metrics diff
dvc metrics show --json
dvc metrics show -a
dvc diff
dvc data status
cd sub
dvc params diff --json
dvc metrics show
