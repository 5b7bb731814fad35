# Without a default remote: what is an error and what is passed over.
# compare: stdout
dvc fetch
dvc pull
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
dvc fetch
dvc remote add -q other "$ROOT/other"
dvc push
printf '  remote: other\n' >>foo.dvc
dvc push
dvc push foo.dvc
dvc push d
snapshot pushed
rm -rf .dvc/cache/files/md5/d3
dvc fetch
rm -rf .dvc/cache foo d
dvc fetch
dvc pull
dvc pull foo
dvc status -c
dvc status -c -r other
dvc fetch -r nosuch
