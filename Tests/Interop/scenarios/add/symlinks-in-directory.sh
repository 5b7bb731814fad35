# Links inside a directory are followed and replaced.
mkdir data outside
echo in >data/in
echo out >outside/file
ln -s in data/link-in
ln -s "$ROOT/repo/outside/file" data/link-out
dvc add data
dvc status -q
