# One waits while the other's lock is held for two seconds.
echo foo >foo
echo bar >bar
hold-lock .dvc/tmp/lock 2 &
sleep 0.3
$A add foo
$B add bar
