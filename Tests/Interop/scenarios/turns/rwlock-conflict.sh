# A living process writes what a stage needs: --wait-for-lock waits until it is gone.
echo 1 >in
$A stage add -q -n a -d in -o out 'cp in out'
sleep 3 &
pid=$!
mkdir -p .dvc/tmp
echo '{"read": {}, "write": {"'"$PWD"'/in": {"pid": '$pid', "cmd": "x"}}}' >.dvc/tmp/rwlock
( sleep 3.2; wait $pid ) &
$B --wait-for-lock repro a
