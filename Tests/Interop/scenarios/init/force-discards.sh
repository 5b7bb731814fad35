# --force starts anew and discards the cache.
echo foo >foo
dvc add -q foo
dvc remote add r /nowhere
dvc init
dvc init -f
