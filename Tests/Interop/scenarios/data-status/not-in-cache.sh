# Objects missing in the cache or in the remote.
# compare: stdout-sorted
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir d && echo x >d/x && echo y >d/y
dvc add -q foo d
commit
dvc data status --not-in-remote --json
dvc data status --not-in-remote --granular --json
dvc push -q d
dvc data status --not-in-remote
rm -rf .dvc/cache/files/md5/d3
dvc data status --json
dvc data status --granular
rm -rf .dvc/cache
dvc data status --json
dvc data status --granular --json
