# destroy removes metafiles and cache but keeps the data.
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
dvc stage add -q -n st -d foo -o out 'cp foo out'
dvc destroy
snapshot asked
dvc destroy -f
