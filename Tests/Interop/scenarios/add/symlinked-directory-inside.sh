# A link to a directory inside a tracked directory.
mkdir -p data/real outside
echo out >outside/file
echo r >data/real/r
ln -s ../outside data/folder
dvc add data
