# Without Git there is nothing to compare with.
# setup: no-scm
# compare: stdout
echo 'a: 1' >params.yaml
dvc params diff
dvc params diff --json
