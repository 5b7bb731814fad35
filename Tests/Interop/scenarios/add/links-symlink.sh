# Symbolic links into the cache.
dvc config cache.type symlink
echo foo >foo
mkdir d && echo x >d/x && cp d/x d/y
dvc add foo d
dvc status
