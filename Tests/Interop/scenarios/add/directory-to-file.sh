# A tracked directory becomes a file and the other way round.
mkdir x
echo a >x/a
dvc add x
rm -r x
echo now a file >x
dvc status
dvc add x
snapshot file
rm x
mkdir x
echo back >x/b
dvc add x
