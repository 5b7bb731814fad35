# -q silences the hint.
# compare: stdout
echo foo >foo
dvc add -q foo
dvc -q status
dvc status -q
