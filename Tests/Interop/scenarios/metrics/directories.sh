# Directories of metrics that the cache holds, in the workspace and in a commit; from inside a folder.
# compare: stdout-sorted
mkdir -p m/deep
echo '{"a": 1}' >m/a.json
echo '{"b": 1}' >m/deep/b.json
dvc add -q m
printf 'metrics: [m]\n' >dvc.yaml
commit one
git tag v1
echo '{"a": 2}' >m/a.json
echo '{"c": 1}' >m/c.json
dvc metrics diff --json
dvc add -q m
commit two
dvc metrics diff v1 HEAD
dvc metrics show -T --json
rm -rf m
dvc metrics show --json
dvc metrics show -R m/deep
mkdir sub
cd sub
dvc metrics show
dvc metrics show ../m --json
dvc metrics show -R ../m/deep
dvc metrics diff v1 --targets ../m/a.json --json
cd ..
rm -rf .dvc/cache
dvc metrics diff v1
