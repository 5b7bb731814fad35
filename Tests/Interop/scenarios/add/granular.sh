# A new file is added to a tracked directory, also when the rest is absent.
mkdir -p data/sub
echo a >data/a
echo b >data/sub/b
dvc add data
commit
echo c >data/c
dvc add data/c
snapshot one
rm -r data
mkdir -p data/new
echo d >data/new/d
dvc add data/new
snapshot two
dvc checkout
