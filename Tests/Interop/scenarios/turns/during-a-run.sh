# While a stage of one runs, the other can work.
echo 1 >in
echo foo >foo
$A stage add -q -n a -d in -o out 'sleep 3; cp in out'
LABEL=1 $A repro &
sleep 2
LABEL=2 $B add foo
wait
$B status
