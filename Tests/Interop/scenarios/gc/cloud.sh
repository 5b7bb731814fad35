# -c collects the remote too.
# compare: stdout-sorted
dvc remote add -q -d r "$ROOT/remote"
echo one >foo
mkdir d && echo x >d/x
dvc add -q foo d
dvc push -q
echo two >foo
dvc add -q foo
dvc push -q
dvc gc -w -c --dry
dvc gc -w -c -f
snapshot collected
dvc gc -w -c -f -r nosuch
