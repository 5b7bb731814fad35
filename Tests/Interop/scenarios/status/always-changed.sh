# Stages that always run, callbacks and frozen ones.
# compare: stdout
echo 1 >in
dvc stage add -q -n always -d in -o out1 --always-changed 'cp in out1'
dvc stage add -q -n callback -o out2 'echo 2 >out2'
dvc stage add -q -n cold -d in -o out3 'cp in out3'
dvc repro -q
dvc freeze cold
dvc status --json
echo 2 >in
dvc status
dvc status --json
