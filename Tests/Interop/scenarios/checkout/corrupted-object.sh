# A corrupted object that is not read-only is found and removed.
echo foo >foo
dvc add -q foo
rm foo
chmod 644 .dvc/cache/files/md5/d3/*
echo bad >.dvc/cache/files/md5/d3/b07384d113edec49eaa6238ad5ff00
dvc checkout
dvc status
