# A directory with folders, an empty folder and an empty file.
# compare: stdout
mkdir -p data/sub/deep data/empty
echo a >data/a
echo b >data/sub/b
: >data/sub/deep/none
dvc add data
dvc status
