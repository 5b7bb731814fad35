# No commit yet, and no Git at all.
# setup: no-scm
# compare: stdout-sorted
echo foo >foo
dvc add -q foo
dvc data status
dvc data status --json
echo bar2 >foo
dvc data status --json
