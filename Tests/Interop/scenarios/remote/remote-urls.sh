# A remote that builds on another one.
dvc remote add base "$ROOT/base"
dvc remote add -d derived remote://base/sub
echo foo >foo
dvc add -q foo
dvc push
