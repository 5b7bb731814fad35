# A lock that is released soon is waited for.
echo foo >foo
hold-lock .dvc/tmp/lock 1.5 &
sleep 0.3
dvc add foo
