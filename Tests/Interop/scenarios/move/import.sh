# An import moves with its source adjusted.
mkdir sub
echo foo >source
dvc import-url -q source imported
commit
dvc move imported sub
snapshot moved
dvc move sub/imported again
dvc status
