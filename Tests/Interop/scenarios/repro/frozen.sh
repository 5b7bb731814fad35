# Frozen stages do not run.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc stage add -q -n b -d out -o last 'cp out last'
dvc repro -q
dvc freeze a
snapshot frozen
echo 2 >in
dvc repro
dvc status
dvc repro -f
dvc unfreeze a
dvc repro
dvc freeze nosuch
dvc unfreeze b
