# What the cache lacks cannot be checked out; the rest is.
# compare: stdout
echo foo >foo
echo bar >bar
dvc add -q foo bar
rm -f foo bar .dvc/cache/files/md5/d3/*
dvc checkout
snapshot failed
dvc checkout --allow-missing
dvc checkout --allow-missing foo.dvc
