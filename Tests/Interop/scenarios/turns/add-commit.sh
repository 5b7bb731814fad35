# One adds, the other commits the change.
echo foo >foo
mkdir d && echo x >d/x
$A add foo d
$B status
echo foo2 >foo
echo y >d/y
$B status
$B commit -f
snapshot committed
$A status
