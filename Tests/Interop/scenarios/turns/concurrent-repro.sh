# Both run a pipeline of independent stages at the same time.
echo 1 >in
for name in a b c d; do $A stage add -q -n $name -d in -o out-$name "sleep 0.2; cp in out-$name"; done
LABEL=1 $A repro a b &
LABEL=2 $B repro c d &
wait
$A status
$B status
grep -c 'cmd:' dvc.lock >said
rm dvc.lock
