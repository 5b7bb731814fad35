# cache.shared=group opens objects for the group.
dvc config cache.shared group
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
