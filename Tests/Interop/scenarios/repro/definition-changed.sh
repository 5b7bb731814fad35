# Changed command, new output, new dependency, description only.
# compare: stdout
echo 1 >in
echo 1 >in2
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
sed -i 's/cmd: cp in out/cmd: cat in >out/' dvc.yaml
dvc status
dvc repro
dvc stage add -q -f -n a -d in -d in2 -o out 'cat in >out'
dvc status
dvc repro
dvc stage add -q -f -n a -d in -d in2 -o out -o more 'cat in >out; echo m >more'
dvc status
dvc repro
dvc stage add -q -f -n a -d in -d in2 -o out -o more --desc described 'cat in >out; echo m >more'
dvc status
dvc stage add -q -f -n a -d in -o out 'cat in >out; echo m >more'
dvc status
dvc repro
