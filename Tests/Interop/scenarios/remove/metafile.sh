# A metafile goes; the data stays unless --outs.
echo foo >foo
echo bar >bar
mkdir d && echo x >d/x
dvc add -q foo bar d
commit
dvc remove foo.dvc
snapshot one
dvc remove --outs d.dvc bar.dvc
snapshot all
dvc remove foo.dvc
dvc remove nosuch.dvc
