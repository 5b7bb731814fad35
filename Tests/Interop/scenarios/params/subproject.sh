# A project in a folder of the repository, which early commits do not have.
# setup: git
# compare: stdout-sorted
echo x >README
commit zero
mkdir -p a/b
cd a/b
dvc init -q --subdir
printf 'p: 1\n' >params.yaml
printf 'metrics: [m.json]\n' >dvc.yaml
printf '{"m": 1}' >m.json
echo foo >foo
dvc add -q foo
commit one
printf 'p: 2\n' >params.yaml
printf '{"m": 2}' >m.json
echo foo2 >foo
echo new >new
dvc params diff
dvc params diff HEAD~1 --json
dvc metrics diff --json
dvc metrics show -A
dvc diff --json
dvc diff HEAD~1 HEAD --json
dvc data status --json
dvc data status --untracked-files --json
mkdir in
cd in
dvc params diff --json
dvc data status --untracked-files --json
