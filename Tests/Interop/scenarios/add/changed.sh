# A changed file keeps the metafile's order of keys.
echo foo >foo
dvc add foo
commit
echo longer content >foo
dvc status
dvc add foo
