# Freezing a metafile.
# compare: stdout
echo 1 >in
dvc add -q in
dvc freeze in.dvc
snapshot frozen
dvc repro
echo 2 >in
dvc status
dvc repro
dvc unfreeze in.dvc
