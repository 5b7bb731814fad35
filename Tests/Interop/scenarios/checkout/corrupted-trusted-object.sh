# A read-only object is trusted as it is.
echo foo >foo
dvc add -q foo
rm foo
chmod 644 .dvc/cache/files/md5/d3/*
echo bad >.dvc/cache/files/md5/d3/b07384d113edec49eaa6238ad5ff00
chmod 444 .dvc/cache/files/md5/d3/*
dvc checkout
