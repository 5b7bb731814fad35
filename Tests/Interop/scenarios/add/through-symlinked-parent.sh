# A path through a linked folder is refused.
mkdir real
echo foo >real/foo
ln -s real linked
dvc add linked/foo
