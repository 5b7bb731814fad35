# A 2.x entry read and upgraded in turn.
printf 'x\r\ny\r\n' >foo
digest=$(printf 'x\ny\n' | md5sum | cut -c1-32)
printf -- "outs:\n- md5: $digest\n  size: 6\n  path: foo\n" >foo.dvc
mkdir -p .dvc/cache/$(echo $digest | cut -c1-2)
cp foo .dvc/cache/$(echo $digest | cut -c1-2)/$(echo $digest | cut -c3-)
$A status
$B add foo
printf 'x\r\nz\r\n' >foo
$B status
$B add foo
$A status
