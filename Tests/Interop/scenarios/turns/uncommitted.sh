# Added without commit by one, committed by the other.
echo foo >foo
mkdir d && echo x >d/x
$A add --no-commit foo d
$B status
$B commit
echo 1 >in
$A stage add -q -n a -d in -o out 'cp in out'
$A repro --no-commit
$B commit
$B status
