# A file is added: metafile, ignore entry, cache object, hint.
# compare: stdout
echo foo >foo
dvc add foo
snapshot added
dvc status
dvc add foo
dvc status -q
dvc add nosuch
