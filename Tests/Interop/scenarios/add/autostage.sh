# With core.autostage what changes is staged.
# compare: stdout
dvc config core.autostage true
commit
echo foo >foo
mkdir d && echo x >d/x
dvc add foo d
snapshot staged
git commit -qm add
echo changed >foo
dvc add foo
dvc remove d.dvc
