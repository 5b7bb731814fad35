# Stages with a working folder, from inside other folders.
# compare: stdout
mkdir -p w/deep
echo 1 >in
echo 'p: 1' >w/params.yaml
dvc stage add -q -n a -w w -d ../in -p p -o deep/out 'cp ../in deep/out'
cd w/deep
dvc repro ../../dvc.yaml
cd ../..
dvc repro
dvc status --json
