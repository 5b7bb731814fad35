# -w keeps what the workspace uses; a question without -f.
# compare: stdout-sorted
echo one >foo
mkdir d && echo x >d/x && echo y >d/y
dvc add -q foo d
commit
echo two >foo
rm d/x
dvc add -q foo d
dvc gc
dvc gc -w
echo n | dvc gc -w
dvc gc -w --dry
snapshot untouched
echo y | dvc gc -w
snapshot collected
dvc gc -w -f
