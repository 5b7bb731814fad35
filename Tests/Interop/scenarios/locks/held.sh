# A lock that another process holds for long: the command gives up.
# timeout: 60
echo foo >foo
hold-lock .dvc/tmp/lock 30 &
sleep 0.5
dvc add foo
