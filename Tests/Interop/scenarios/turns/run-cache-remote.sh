# The run cache travels through a remote.
# compare: stdout
$A remote add -q -d r "$ROOT/remote"
echo 1 >in
$A stage add -q -n a -d in -o out 'cp in out; echo a >>out'
$A repro -q
$A push --run-cache
rm dvc.lock out
rm -rf .dvc/cache
$B pull --run-cache
$B repro
snapshot restored
rm dvc.lock out
rm -rf .dvc/cache
$A repro --pull
