# A virtual directory changed in turn.
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
$A add -q d
rm -r d
mkdir -p d/sub && echo z >d/sub/z
$B add d/sub/z
snapshot one
rm -r d
mkdir d && echo w >d/w
$A add d/w
$B checkout
