# A .dvcignore inside a tracked directory is an error.
mkdir data
echo a >data/a
echo '*.log' >data/.dvcignore
dvc add data
