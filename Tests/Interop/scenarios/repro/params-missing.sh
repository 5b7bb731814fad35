# A parameter or its file is missing.
echo 1 >in
dvc stage add -q -n a -d in -p lr -o out 'cp in out'
dvc repro
echo 'other: 1' >params.yaml
dvc repro
dvc status
echo 'lr: 1' >params.yaml
dvc repro
rm params.yaml
dvc status
dvc repro
