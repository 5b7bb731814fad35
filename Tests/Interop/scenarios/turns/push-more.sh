# The other changes a directory and pushes only the new objects.
# compare: stdout
$A remote add -q -d r "$ROOT/remote"
mkdir d && echo x >d/x && echo y >d/y
$A add -q d
$A push
echo z >d/z
$B add -q d
$B push
rm -rf .dvc/cache d
$A pull
$B data status --json
