# A corrupted object in the remote.
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
dvc add -q foo
dvc push -q
rm -rf .dvc/cache foo
chmod 644 "$ROOT/remote/files/md5/d3/b07384d113edec49eaa6238ad5ff00"
echo bad >"$ROOT/remote/files/md5/d3/b07384d113edec49eaa6238ad5ff00"
dvc remote modify r verify true
dvc pull
