# Disk usage of tracked data.
# compare: stdout-sorted
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo yy >d/sub/y
dvc add -q foo d
commit
dvc du . 
dvc du . d
dvc du . -s
dvc du . foo
