# Params files that DVC tracks or a stage makes.
# compare: stdout-sorted
echo 'a: 1' >p.yaml
dvc add -q p.yaml
printf 'params: [p.yaml]\n' >dvc.yaml
commit
echo 'a: 2' >p.yaml
dvc params diff --json
dvc add -q p.yaml
dvc params diff --json
rm p.yaml
dvc params diff --json
