# Nothing to collect.
dvc gc -w -f
echo foo >foo
dvc add -q foo
dvc gc -w -f
rm foo
dvc gc -w -f
dvc checkout
