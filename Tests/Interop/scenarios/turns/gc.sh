# One collects what the other stored.
echo one >foo
mkdir d && echo x >d/x
$A add -q foo d
$A stage add -q -n a -d foo -o out 'cat foo foo >out'
$A repro -q
echo two >foo
$B add -q foo
$B repro -q
$B gc -w -f
snapshot collected
$A status
rm -r foo d out
$A checkout
