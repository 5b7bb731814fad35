# push, its repetition, and what it leaves.
# compare: stdout
echo foo >foo
mkdir d && echo x >d/x && echo y >d/y
dvc push
dvc add -q foo d
dvc push
dvc pull
dvc remote add -q -d r "$ROOT/remote"
dvc push
snapshot pushed
dvc push
rm "$ROOT"/remote/files/md5/d3/*
dvc push
dvc push -r nosuch
