# Frozen by one, respected by the other.
echo 1 >in
$A stage add -q -n a -d in -o out 'cp in out'
$A repro -q
$A freeze a
echo 2 >in
$B repro
$B unfreeze a
$A repro
