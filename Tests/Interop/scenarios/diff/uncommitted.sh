# Changes that were not added yet.
# compare: stdout-sorted
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
commit
echo changed >foo
echo n >d/n
dvc diff
dvc diff --json --show-hash
rm foo
dvc diff --json
