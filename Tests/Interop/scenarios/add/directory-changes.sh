# Files added, changed and deleted in a tracked directory.
mkdir -p data/sub
echo a >data/a
echo b >data/sub/b
dvc add data
commit
echo c >data/c
echo B >data/sub/b
rm data/a
dvc status
dvc add data
