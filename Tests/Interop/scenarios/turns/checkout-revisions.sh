# Stale outputs that the other linked.
echo one >foo
$A add -q foo
commit one
git tag one
mkdir d && echo x >d/x
echo b >bar
$A add -q d bar
commit two
git checkout -q one
$B checkout
git checkout -q main
$B checkout
git checkout -q one
$A checkout
