# Untracked files in folders.
# compare: stdout-sorted
mkdir -p a/b
echo 1 >a/b/c
echo 2 >top
echo '*.log' >.gitignore
echo 3 >x.log
dvc data status --untracked-files
dvc data status --untracked-files --json
dvc data status --untracked-files=all --json
