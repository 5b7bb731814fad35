# Changes that are not in the cache are not thrown away unless forced.
# compare: stdout
echo foo >foo
mkdir d && echo x >d/x && echo y >d/y
dvc add -q foo d
echo precious >foo
echo precious >d/x
echo new >d/z
dvc checkout foo.dvc
dvc checkout d
snapshot refused
dvc checkout -f
