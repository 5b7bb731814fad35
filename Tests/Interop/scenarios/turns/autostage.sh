# Staging by one is seen by the other.
$A config core.autostage true
commit
echo foo >foo
$A add foo
$B add foo
echo 1 >in
$B stage add -n a -d in -o out 'cp in out'
$A repro
