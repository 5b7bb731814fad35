# Two clones, one tool each, one cache.
$A cache dir -q "$ROOT/shared"
$A config cache.shared group
echo foo >foo
mkdir d && echo x >d/x
$A add -q foo d
$A stage add -q -n a -d foo -o out 'cp foo out'
$A repro -q
commit
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
$B checkout
$B repro
echo y >d/y
$B add -q d
commit
cd "$ROOT/repo"
git pull -q "$ROOT/clone" main
$A checkout
