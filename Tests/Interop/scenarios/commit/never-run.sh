# Outputs made by hand are committed for a stage that never ran.
echo 1 >in
cp in out
dvc stage add -q -n a -d in -o out 'cp in out'
dvc commit -f
dvc status
dvc repro
