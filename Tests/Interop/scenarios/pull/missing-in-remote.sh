# The remote lacks objects.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir d && echo x >d/x && echo y >d/y
dvc add -q foo d
dvc push -q
rm -rf .dvc/cache foo d
rm -rf "$ROOT/remote/files/md5/d3"
dvc pull
snapshot failed
dvc pull --allow-missing
dvc fetch
rm -rf "$ROOT"/remote/files/md5/*/*.dir
commit
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
dvc pull
