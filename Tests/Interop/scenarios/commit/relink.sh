# commit links again, unless --no-relink.
dvc config cache.type hardlink
echo foo >foo
echo bar >bar
dvc add -q --no-commit foo bar
dvc commit --no-relink foo.dvc
snapshot no-relink
dvc commit bar.dvc
