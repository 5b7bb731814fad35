# -a, -T, -A: data of branches, tags, commits.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
for step in one two three; do
    echo $step >foo
    dvc add -q foo
    commit $step
    [ $step = one ] && git tag one
done
git checkout -q -b side
echo sideways >foo
dvc add -q foo
commit side
git checkout -q main
dvc push
dvc push -a
snapshot branches
dvc push -T
snapshot tags
dvc push -A
rm -rf .dvc/cache
dvc fetch
dvc fetch -a
dvc fetch -T
dvc fetch -A
