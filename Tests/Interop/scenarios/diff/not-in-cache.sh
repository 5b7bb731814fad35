# Data that the cache lacks, and --hide-missing.
# compare: stdout-sorted
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
commit
echo foo2 >foo
dvc add -q foo
rm -rf foo d .dvc/cache
dvc diff
dvc diff --json
dvc diff --hide-missing
dvc diff --hide-missing --json
dvc diff HEAD --md
