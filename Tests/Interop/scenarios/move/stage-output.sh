# Outputs of stages cannot be moved.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
dvc move out other
