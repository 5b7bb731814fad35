# Disk usage of another revision, of data that is not here, and of what is not tracked.
# compare: stdout-sorted
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo yy >d/sub/y
dvc add -q foo d
commit one
printf '%02000d' 1 >foo
dvc add -q foo
rm -rf d
dvc du .
dvc du . --rev HEAD
dvc du . foo --rev HEAD
dvc du . d/sub/y
dvc du -s . foo
dvc du . nosuch
