# A deleted file given as a target of a tracked directory.
mkdir data
echo a >data/a
echo b >data/b
dvc add data
commit
rm data/a
dvc add data/a
dvc commit -f data/a
dvc status
