# Names and texts of stages, here and below.
# compare: stdout
mkdir sub
echo 1 >in
echo 1 >sub/in
dvc add -q in
dvc stage add -q -n a -d in -o out -m m.json 'x'
dvc stage add -q -n b --desc 'described' -d out 'y'
dvc stage add -q -n c -d in -d out -p p -o o1 -o o2 -o o3 --plots p.csv 'z'
dvc stage add -q -n nothing 'echo a very long command that has to be cut somewhere, is it not so, my dear friend, or what do you think'
cd sub
dvc stage add -q -n s -d in -o out 'cp in out'
cd ..
dvc stage list
dvc stage list --name-only
dvc stage list sub
dvc stage list sub/dvc.yaml
dvc stage list -R sub
dvc stage list in.dvc
dvc stage list --fail
dvc stage list nosuch
# The order of files is that of the directory on disk in the original.
# compare: stdout-sorted
dvc stage list --all
dvc stage list --all --name-only
cd sub
dvc stage list --all
