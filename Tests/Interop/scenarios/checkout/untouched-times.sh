# Unchanged files are not rewritten.
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
touch -d 2020-01-01 foo d/x
dvc checkout
[ "$(stat -c %Y foo d/x)" = "$(date -d 2020-01-01 +%s; date -d 2020-01-01 +%s)" ] && echo kept >times
dvc status
