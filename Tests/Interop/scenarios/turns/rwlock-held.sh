# Entries of a living process in the rwlock: overlapping paths are refused or waited for.
echo 1 >in
$A stage add -q -n a -d in -o out 'cp in out'
$A stage add -q -n b -d in -o other 'cp in other'
sleep 3 &
pid=$!
mkdir -p .dvc/tmp
echo '{"read": {"'"$PWD"'/in": [{"pid": '$pid', "cmd": "x"}]}, "write": {}}' >.dvc/tmp/rwlock
$B repro b
