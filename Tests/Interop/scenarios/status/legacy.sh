# Entries of 2.x: no hash key, line ends do not count, objects at the old place.
# compare: stdout
printf 'x\r\ny\r\n' >foo
mkdir -p .dvc/cache/1b
cat >foo.dvc <<'END'
outs:
- md5: 1b5bb2bf9e5ad3ce2ab2a1a9c8c2bb8b
  size: 6
  path: foo
END
digest=$(printf 'x\ny\n' | md5sum | cut -c1-32)
sed -i "s/1b5bb2bf9e5ad3ce2ab2a1a9c8c2bb8b/$digest/" foo.dvc
mkdir -p .dvc/cache/$(echo $digest | cut -c1-2)
cp foo .dvc/cache/$(echo $digest | cut -c1-2)/$(echo $digest | cut -c3-)
dvc status
rm foo
dvc status
dvc checkout
snapshot restored
dvc add foo
snapshot unchanged
printf 'x\r\nz\r\n' >foo
dvc status
dvc add foo
