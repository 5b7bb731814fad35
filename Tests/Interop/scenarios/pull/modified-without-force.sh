# Local changes stop a pull unless forced.
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
dvc push -q
echo precious >foo
echo precious >d/x
dvc pull
snapshot refused
dvc pull -f
