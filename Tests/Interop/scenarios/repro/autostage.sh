# dvc.lock and ignore files are staged.
# compare: stdout
dvc config core.autostage true
echo 1 >in
dvc stage add -q -n a -d in -o out -M m.json 'cp in out; echo "{}" >m.json'
commit
dvc repro
snapshot staged
