# Objects of 2.x entries go to the old place of the remote.
dvc remote add -q -d r "$ROOT/remote"
printf 'x\r\n' >foo
digest=$(printf 'x\n' | md5sum | cut -c1-32)
mkdir -p .dvc/cache/$(echo $digest | cut -c1-2)
cp foo .dvc/cache/$(echo $digest | cut -c1-2)/$(echo $digest | cut -c3-)
cat >foo.dvc <<END
outs:
- md5: $digest
  size: 3
  path: foo
END
echo bar >bar
dvc add -q bar
dvc push
snapshot pushed
rm -rf .dvc/cache foo bar
dvc pull
