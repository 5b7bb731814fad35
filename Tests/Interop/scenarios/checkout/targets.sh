# Targets: a metafile, an output, a path inside a directory, a stage.
# compare: stdout
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
dvc add -q foo d
dvc stage add -q -n st -d foo -o out 'cp foo out'
dvc repro -q
rm -rf foo d out
dvc checkout d/sub
snapshot granular
dvc checkout foo
dvc checkout out
rm out
dvc checkout st
dvc checkout d.dvc
rm foo out
dvc checkout dvc.yaml
dvc checkout nosuch
