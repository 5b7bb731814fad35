# Deleted files and directories come back.
# compare: stdout
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
dvc add -q foo d
rm -r foo d
dvc checkout
rm d/x
dvc checkout
dvc checkout
rm foo
dvc checkout --summary
dvc checkout --summary
