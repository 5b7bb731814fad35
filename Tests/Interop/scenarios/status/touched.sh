# New times with the same content are no change.
# compare: stdout
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
touch foo d/x
dvc status
chmod 600 foo
dvc status
