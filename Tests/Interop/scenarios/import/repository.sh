# Data and plain files are imported from another repository.
mkdir "$ROOT/source"
cd "$ROOT/source"
git init -q
dvc init -q
echo foo >foo
mkdir d && echo x >d/x
echo plain >plain
dvc add -q foo d
commit first
cd "$ROOT/repo"
dvc import ../source foo
dvc import ../source d -o imported
dvc import ../source plain --rev main
dvc import ../source d/x -o x
dvc import ../source foo -o later --no-exec
dvc import ../source foo -o later2 --no-download
dvc import ../source nosuch
snapshot imported
dvc status
cd "$ROOT/source"
echo foo2 >foo
dvc add -q foo
commit second
cd "$ROOT/repo"
dvc status
dvc update foo.dvc
dvc update plain.dvc later.dvc
