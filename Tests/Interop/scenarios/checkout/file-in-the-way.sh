# A file where a directory belongs and the other way round.
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
rm -r foo d
mkdir foo && echo own >foo/own
echo own >d
dvc checkout
dvc checkout -f
