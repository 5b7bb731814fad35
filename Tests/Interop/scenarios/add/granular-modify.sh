# One changed file of a tracked directory is added alone.
mkdir data
echo a >data/a
echo b >data/b
dvc add data
commit
echo A2 >data/a
echo B2 >data/b
dvc add data/a
dvc status
