# Data in folders, of stages, named by metafiles and stages; from inside a folder.
# compare: stdout-sorted
mkdir -p sub/data
echo 1 >sub/data/x
echo 2 >sub/in
cd sub
dvc add -q data
dvc stage add -q -n s -d in -o out 'cp in out'
dvc repro -q
cd ..
echo top >top
dvc add -q top
commit
echo 3 >sub/data/y
echo 4 >sub/in
dvc repro -q sub/dvc.yaml
dvc add -q sub/data
echo top2 >top
dvc diff --json
dvc diff --json --targets sub/data
dvc diff --json --targets sub/data.dvc
dvc diff --json --targets sub/dvc.yaml:s
dvc diff --json --targets top sub/data/y
cd sub
dvc diff
dvc diff --json --targets s
dvc diff --json --targets data/x data/y
dvc diff --targets top
