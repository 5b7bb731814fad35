# Only the entry goes; an emptied .gitignore is deleted.
mkdir sub
echo 1 >sub/one
echo 2 >sub/two
echo '*.tmp' >.gitignore
echo 3 >three
dvc add -q sub/one sub/two three
commit
dvc remove sub/one.dvc three.dvc
snapshot partly
dvc remove sub/two.dvc
