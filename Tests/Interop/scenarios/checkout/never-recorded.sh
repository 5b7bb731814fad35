# Outputs of a stage that never ran cannot be checked out.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc checkout
dvc checkout --allow-missing
dvc checkout a
echo foo >foo
dvc add -q foo
rm foo
dvc checkout
echo mine >out
dvc checkout out
