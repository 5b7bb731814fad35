# Between revisions, named in several ways.
# compare: stdout-sorted
echo one >foo
dvc add -q foo
commit one
git tag v1
echo two >foo
mkdir d && echo x >d/x
dvc add -q foo d
commit two
git branch other
echo three >foo
dvc add -q foo
dvc diff v1
dvc diff v1 HEAD --json
dvc diff HEAD v1 --json
dvc diff HEAD~1 other --md
dvc diff other --json --show-hash
dvc diff nosuch
dvc diff v1 nosuch
