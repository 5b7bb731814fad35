# A dangling link in a directory.
mkdir data
echo a >data/a
ln -s nowhere data/dangling
dvc add data
