# A clone pulls all; texts of the results.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
dvc add -q foo d
commit
dvc push
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
dvc status
dvc fetch
dvc pull
snapshot pulled
dvc pull
rm foo
dvc pull
rm -rf d .dvc/cache
dvc pull
