# One pushes, the other pulls into a clone.
# compare: stdout
$A remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
$A add -q foo d
commit
$A push
$B push
$B status -c
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
$B pull
snapshot pulled
$A pull
$A status -c
