# A path inside of a directory: the whole is recorded.
mkdir -p d/sub
echo a >d/a
echo b >d/sub/b
dvc add -q d
echo c >d/sub/c
dvc commit -f d/sub
dvc status
echo A >d/a
dvc commit d/a
