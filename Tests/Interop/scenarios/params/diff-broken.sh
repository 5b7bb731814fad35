# A file that cannot be parsed or is missing on one side.
# compare: stdout
echo 'a: 1' >params.yaml
commit
printf 'a: [\n' >params.yaml
dvc params diff
dvc params diff --json
rm params.yaml
dvc params diff
dvc params diff --json
