# An object that is missing in the cache: the manifest is not sent.
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir d && echo x >d/x && echo y >d/y
dvc add -q foo d
rm -f .dvc/cache/files/md5/40/* .dvc/cache/files/md5/d3/*
rm -f .dvc/cache/files/md5/00/* .dvc/cache/files/md5/9d/* .dvc/cache/files/md5/40/*
dvc push
