# Metafile targets, directories, globs and unknown ones.
# compare: stdout
echo 1 >in
dvc add -q in
dvc stage add -q -n train-1 -d in -o o1 'cp in o1'
dvc stage add -q -n train-2 -d in -o o2 'cp in o2'
dvc stage add -q -n test -d o1 -o o3 'cp o1 o3'
dvc repro in.dvc
dvc repro --glob 'train-*'
dvc repro o3
dvc repro test train-1
dvc repro nosuch
dvc repro in
dvc repro -f in.dvc
