# Data and plain files are fetched from a repository into any folder.
# compare: no-stdout
echo foo >foo
echo plain >plain
mkdir d && echo x >d/x
dvc add -q foo d
commit
git tag v1
echo foo2 >foo
dvc add -q foo
commit
mkdir "$ROOT/target"
cd "$ROOT/target"
dvc get "$ROOT/repo" foo
dvc get "$ROOT/repo" foo --rev v1 -o old
dvc get "$ROOT/repo" d
dvc get "$ROOT/repo" d/x -o x
dvc get "$ROOT/repo" plain
dvc get "$ROOT/repo" foo
dvc get "$ROOT/repo" foo -f
dvc get "$ROOT/repo" nosuch
dvc get-url "$ROOT/repo/plain" copied
