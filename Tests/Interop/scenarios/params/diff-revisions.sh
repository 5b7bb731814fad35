# Between branches and tags, names as typed.
# compare: stdout-sorted
echo 'lr: 1' >params.yaml
commit one
git tag v1
git checkout -q -b exp
echo 'lr: 2' >params.yaml
commit two
dvc params diff main
dvc params diff v1 exp
dvc params diff exp v1 --md
dvc params diff HEAD~1 --json
dvc params diff main --all
