# Data of DVC 2: left as it is while unchanged, recorded anew when changed.
printf 'x\r\ny\r\n' >foo
printf 'outs:\n- md5: 1b5bb2a8a3f8f7c5a6ab5ce8d9f2c0aa\n  size: 6\n  path: foo\n' >foo.dvc
printf 'x\r\ny\r\n' >same
printf 'outs:\n- md5: e7bd6a6f2b04a4a4c1c2c8ad4d1a4b39\n  size: 6\n  path: same\n' >same.dvc
md5=$(printf 'x\ny\n' | md5sum | cut -d' ' -f1)
printf 'outs:\n- md5: %s\n  size: 6\n  path: same\n' "$md5" >same.dvc
dvc add foo same
snapshot added
echo changed >same
dvc commit -f same.dvc
