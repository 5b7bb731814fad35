# Wrong command lines answer 254.
dvc nosuchcommand
dvc status --nosuch
dvc add
dvc stage
dvc remote add
dvc remote modify
dvc -q
dvc
dvc stage add 'cmd'
dvc repro --nosuch
