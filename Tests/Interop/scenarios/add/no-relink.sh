# --no-relink leaves the file as it is, whatever the link type.
dvc config cache.type symlink
echo foo >foo
mkdir d && echo x >d/x
dvc add --no-relink foo d
snapshot plain
dvc checkout --relink
