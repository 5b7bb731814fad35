# Lock files without a holder, and entries of dead processes, do not matter.
mkdir -p .dvc/tmp
echo ' 99999999' >.dvc/tmp/lock
echo '{"read": {"'"$PWD"'/in": [{"pid": 99999999, "cmd": "x"}]}, "write": {"'"$PWD"'/out": {"pid": 99999999, "cmd": "x"}}}' >.dvc/tmp/rwlock
echo 1 >in
dvc stage add -n a -d in -o out 'cp in out'
dvc repro
