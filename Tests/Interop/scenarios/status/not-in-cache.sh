# Outputs whose objects the cache lacks.
# compare: stdout
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
rm -rf .dvc/cache
dvc status
dvc status --json
rm foo
dvc status --json
