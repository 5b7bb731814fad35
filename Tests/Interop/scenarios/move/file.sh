# A tracked file is renamed with its metafile and ignore entry.
# compare: stdout
echo foo >foo
dvc add -q foo
commit
dvc move foo bar
snapshot renamed
mkdir sub
dvc move bar sub
snapshot into
dvc move sub/bar back
dvc status
dvc move nosuch x
