# Changed, deleted and missing outputs of metafiles.
# compare: stdout-sorted
echo foo >foo
echo bar >bar
echo baz >baz
mkdir d && echo x >d/x
dvc status
dvc add -q foo bar baz d
dvc status
echo changed >foo
rm bar
echo n >d/n
dvc status
dvc status --json
dvc status foo.dvc
dvc status d
dvc status bar
dvc status -q
rm -f .dvc/cache/files/md5/25/* .dvc/cache/files/md5/25*
dvc status --json
