# Files that become directories and back, empty directories, outputs of stages with and without data.
# compare: stdout-sorted
echo a >a
mkdir b && echo b >b/b
mkdir e && echo e >e/e
echo 1 >in
dvc add -q a b e
dvc stage add -q -n s -d in -o out -M m.json 'cp in out; echo 1 >m.json'
dvc stage add -q -n t -o never 'true'
dvc repro -q s
commit
dvc data status --json --unchanged
rm -rf a b e/e out
mkdir a && echo a >a/a
echo b >b
echo now >never
dvc data status --json
dvc data status --granular --json
dvc data status --granular --unchanged --json
dvc commit -q -f a b e
dvc data status --granular --json
