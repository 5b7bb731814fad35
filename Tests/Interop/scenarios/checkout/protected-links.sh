# Linked files are read-only; a modified one is detected.
dvc config cache.type hardlink
echo foo >foo
dvc add -q foo
commit
rm foo
echo changed >foo
dvc status
dvc checkout
dvc checkout -f
