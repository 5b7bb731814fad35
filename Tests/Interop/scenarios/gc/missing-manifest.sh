# A directory whose manifest is nowhere: its files would be lost, so it asks; from a remote it is brought.
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
rm .dvc/cache/files/md5/3b/*
printf 'y\nn\n' | dvc gc -w
snapshot refused
cp -r .dvc/cache "$ROOT/kept"
printf 'y\ny\n' | dvc gc -w
snapshot agreed
rm -rf .dvc/cache
cp -r "$ROOT/kept" .dvc/cache
dvc gc -w -f
snapshot lost
rm -rf .dvc/cache
mv "$ROOT/kept" .dvc/cache
dvc add -q d
dvc remote add -q -d r "$ROOT/remote"
dvc push -q
rm .dvc/cache/files/md5/3b/*
dvc gc -w -f
