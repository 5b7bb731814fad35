# A clone without any output restores them from the remote's run cache.
dvc remote add -q -d r "$ROOT/remote"
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
dvc push -q --run-cache
rm dvc.lock out
commit
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
dvc fetch --run-cache
dvc repro
