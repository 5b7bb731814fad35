# --not-in-remote removes what the remote has.
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
dvc push -q
echo bar >bar
dvc add -q bar
dvc gc -w --not-in-remote -f
snapshot collected
dvc gc -w --not-in-remote -c -f
