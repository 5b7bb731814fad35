# Two clones share one cache.
dvc cache dir -q "$ROOT/shared"
dvc config cache.shared group
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
dvc stage add -q -n a -d foo -o out 'cp foo out'
dvc repro -q
commit
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
dvc status
dvc checkout
dvc repro
echo bar >foo
dvc add -q foo
dvc repro
