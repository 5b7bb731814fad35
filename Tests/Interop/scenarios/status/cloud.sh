# -c compares the cache with the remote.
# compare: stdout
echo foo >foo
mkdir d && echo x >d/x && echo y >d/y
dvc add -q foo d
commit
dvc status -c
dvc remote add -q -d r "$ROOT/remote"
# compare: stdout-sorted
dvc status -c
dvc status -c --json
dvc push -q
dvc status -c
rm -rf .dvc/cache/files/md5/d3 
dvc status -c
dvc status -c --json
rm -rf .dvc/cache "$ROOT/remote"
dvc status -c --json
dvc status -c -q
