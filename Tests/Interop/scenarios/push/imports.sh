# Data imported from another repository is not pushed, data imported by its address is.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
echo bar >bar
echo both >both
cp bar baz
dvc add -q foo bar both baz
cat >foo.dvc <<'END'
frozen: true
deps:
- path: foo
  repo:
    url: https://example.invalid/repository
    rev_lock: 1a0b4c577921b60859ef7ecb767bd7a08ca4fbef
outs:
- md5: d3b07384d113edec49eaa6238ad5ff00
  size: 4
  hash: md5
  path: foo
END
cat >bar.dvc <<END
frozen: true
deps:
- md5: c157a79031e1c40f85931829bc5fc552
  size: 4
  hash: md5
  path: $ROOT/elsewhere
outs:
- md5: c157a79031e1c40f85931829bc5fc552
  size: 4
  hash: md5
  path: bar
END
dvc status -c
dvc push
dvc push
dvc status -c
dvc push foo.dvc
