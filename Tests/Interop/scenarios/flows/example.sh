# Changes on a branch, merged, with data of both sides.
# compare: stdout
mkdir d && echo a >d/a
dvc add -q d
echo 1 >in
dvc stage add -q -n s -d in -d d -o out 'cat in d/* >out'
dvc repro -q
commit base
git checkout -q -b side
echo b >d/b
dvc add -q d
dvc repro -q
commit side
git checkout -q main
dvc checkout
echo 2 >in
dvc repro -q
commit main
git merge -q -X theirs side
dvc checkout
dvc status
dvc repro
dvc status
