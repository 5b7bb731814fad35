# Missing outputs cannot be committed.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc commit -f
echo foo >foo
dvc add -q foo
rm foo
dvc commit -f foo.dvc
