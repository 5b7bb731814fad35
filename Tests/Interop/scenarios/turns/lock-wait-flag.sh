# --wait-for-lock waits for long.
echo foo >foo
hold-lock .dvc/tmp/lock 8 &
sleep 0.3
$A --wait-for-lock add foo
