# A living process writes what a stage needs: the run is refused or waits, and then succeeds.
# timeout: 60
echo 1 >in
$A stage add -q -n a -d in -o out 'cp in out'
sleep 3 &
pid=$!
mkdir -p .dvc/tmp
echo '{"read": {}, "write": {"'"$PWD"'/in": {"pid": '$pid', "cmd": "x"}}}' >.dvc/tmp/rwlock
until [ -s dvc.lock ]; do
    "$INTEROP_HOME/tool-B/dvc" repro -q a
    kill -0 $pid && [ -s dvc.lock ] && echo 'did not wait' >said
    sleep 0.3
done
$B status
