# Hooks are installed in Git and call the tool.
dvc install
head -n 100 .git/hooks/post-checkout .git/hooks/pre-commit .git/hooks/pre-push >hooks 2>&1
cat .git/config >gitconfig
dvc install
echo foo >foo
dvc add -q foo
commit one
git checkout -q -b side
echo bar >foo
dvc add -q foo
commit two
git checkout -q main
