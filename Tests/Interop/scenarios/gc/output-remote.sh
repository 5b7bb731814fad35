# With -c the remotes of single outputs are collected too; what is not pushed stays.
# compare: stdout-sorted
dvc remote add -q -d r "$ROOT/remote"
dvc remote add -q other "$ROOT/other"
echo one >foo
echo one >bar
dvc add -q foo bar
printf '  remote: other\n' >>foo.dvc
dvc push -q
echo two >foo
echo two >bar
dvc add -q foo bar
dvc push -q
dvc gc -w -c -f
snapshot collected
printf '  push: false\n' >>bar.dvc
dvc gc -w -c -f
