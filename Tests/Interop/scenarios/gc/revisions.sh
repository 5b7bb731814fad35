# Scopes: branches, tags, commits, revisions.
# loose: none
dvc config core.autostage false
for step in one two three four; do
    echo $step >foo
    dvc add -q foo
    commit $step
    [ $step = one ] && git tag one
    [ $step = two ] && git branch side
done
git checkout -q side
echo sideways >foo
dvc add -q foo
commit side
git checkout -q main
dvc checkout -q
dvc gc -A -f
snapshot commits
dvc gc -a -T -f
snapshot branches-and-tags
dvc gc -T -f
snapshot tags
dvc gc -w --rev HEAD -n 2 -f
dvc gc -w -f
