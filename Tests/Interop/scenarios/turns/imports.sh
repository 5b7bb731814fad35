# An import made by one is known to the other.
mkdir "$ROOT/source"
cd "$ROOT/source"
git init -q
$A init -q
echo foo >foo
$A add -q foo
commit first
cd "$ROOT/repo"
$A import -q ../source foo
$B status
$B repro
rm foo
$B checkout
mkdir "$ROOT/place"
echo p >"$ROOT/place/p"
$B import-url -q ../place/p
$A status
rm -rf .dvc/cache foo
$A pull foo
