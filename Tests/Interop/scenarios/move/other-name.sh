# A metafile with a name of its own stays where it is; changed data is recorded, missing data is not.
mkdir sub
echo foo >foo
echo bar >bar
echo baz >baz
dvc add -q foo bar baz
mv foo.dvc own.dvc
commit
dvc move foo moved
snapshot own
echo changed >bar
dvc move bar sub/bar
rm baz
dvc move baz sub/baz
dvc status
