# Data in folders: new ones, renamed ones, targets, from inside a folder.
# compare: stdout-sorted
mkdir -p sub/data/deep
echo 1 >sub/data/x
echo 2 >sub/data/deep/y
echo 3 >sub/z
cd sub
dvc add -q data z
cd ..
echo f >f
dvc add -q f
commit
mv sub/data/x sub/data/moved
mv f g
dvc data status --json
dvc data status --granular --json
dvc add -q sub/data g
dvc remove -q f.dvc
dvc data status --json
dvc data status --granular --json
dvc data status --granular --unchanged --json
dvc data status --granular --json sub/data/deep
dvc data status --granular --json sub g
dvc data status --unchanged --json sub/z
dvc data status nosuch
cd sub
dvc data status
dvc data status --untracked-files
