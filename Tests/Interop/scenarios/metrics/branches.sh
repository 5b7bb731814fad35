# Commits with several names, annotated tags, no branch checked out, a broken pipeline in one commit.
# compare: stdout-sorted
printf 'metrics: [m.json]\n' >dvc.yaml
echo '{"v": 1}' >m.json
commit one
git tag -a -m note v1
git branch same
git branch other/name
git checkout -q -b broken
echo 'metrics: ["${nothing}"]' >dvc.yaml
commit two
git checkout -q main
dvc metrics show -a
dvc metrics show -a -T
dvc metrics show -T --json
dvc metrics diff main same --all
dvc metrics diff main main --all
dvc metrics diff broken
dvc metrics diff broken --json
dvc metrics diff workspace HEAD --all
dvc metrics diff workspace
dvc metrics diff HEAD workspace --all
git checkout -q v1
dvc metrics show -a
echo '{"v": 2}' >m.json
dvc metrics show -T --md
dvc params diff v1
