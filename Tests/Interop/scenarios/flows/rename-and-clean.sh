# Data is renamed, split, removed; the cache follows.
echo foo >foo
mkdir d && echo x >d/x && echo y >d/y
dvc add -q foo d
commit one
dvc move foo bar
mkdir e && mv d/y e/y
dvc add -q d e
commit two
dvc gc -w -f
dvc remove e.dvc --outs
dvc gc -w -f
dvc checkout
# compare: stdout-sorted
dvc data status --granular --json
dvc diff HEAD~1 --json
