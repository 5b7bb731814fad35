# commit takes over what changed, only with -f without asking.
# compare: stdout
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
commit
echo bar2 >foo
echo y >d/y
dvc status
dvc commit foo.dvc
snapshot refused
dvc commit -f foo.dvc
dvc status
dvc commit -f
dvc status
