# The cache folder is shown and changed in each level.
# compare: stdout
dvc cache dir
dvc cache dir "$ROOT/cache"
dvc cache dir
dvc cache dir --local ../cachetwo
dvc cache dir
dvc cache dir --project
dvc cache dir --local -u
dvc cache dir
echo foo >foo
dvc add -q foo
