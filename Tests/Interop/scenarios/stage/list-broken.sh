# Broken files are left out with a warning, or are errors with --fail.
# compare: stdout
mkdir sub
printf 'stages:\n  a:\n    cmd: x\n' >dvc.yaml
printf 'stages: [\n' >sub/dvc.yaml
dvc stage list --all
dvc stage list --all --fail
dvc stage list
