# An edit of the same size right after add is seen.
# compare: stdout
echo foo >foo
dvc add -q foo
echo bar >foo
dvc status
printf baz >foo && echo >>foo
dvc status
