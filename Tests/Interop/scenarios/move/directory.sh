# Directories, existing targets and metafiles as targets.
mkdir d && echo x >d/x
echo foo >foo
echo bar >bar
dvc add -q d foo bar
commit
dvc move d e
snapshot directory
dvc move foo bar
dvc move foo.dvc baz
dvc move e f/g
