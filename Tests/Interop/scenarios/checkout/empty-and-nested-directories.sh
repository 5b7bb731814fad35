# Outputs in folders that are missing.
mkdir -p a/b/c
echo 1 >a/b/c/f
dvc add -q a/b/c/f
commit
rm a/b/c/f
dvc checkout
mv a/b/c/f.dvc a/b/c/.gitignore "$ROOT"
rm -r a
git checkout -q .
dvc checkout
