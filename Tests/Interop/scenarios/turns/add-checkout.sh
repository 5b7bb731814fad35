# One adds, the other restores; link types included.
# compare: stdout
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
$A add -q foo d
commit
rm -r foo d
$B checkout
snapshot copies
$A status
$A config cache.type hardlink
$A checkout --relink
$B status
rm -r foo d
$B checkout
snapshot hardlinks
$A unprotect foo
$B status
