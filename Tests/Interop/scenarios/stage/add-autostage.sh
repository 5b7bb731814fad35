# With autostage the metafile and the ignore file are staged.
dvc config core.autostage true
commit
echo 1 >in
dvc stage add -n a -d in -o out 'cp in out'
snapshot added
dvc repro
