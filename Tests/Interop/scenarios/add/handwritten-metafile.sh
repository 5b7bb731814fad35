# Order of keys, comments, description and meta of a hand-written metafile are kept.
# loose: repo/foo.dvc
cat >foo.dvc <<'END'
# top comment
desc: whole
outs:
- path: foo  # where
  desc: the file
  labels:
  - one
  type: text
  hash: md5
  md5: acbd18db4cc2f85cedef654fccc4a4d8
meta:
  owner: me
  list: [1, 2]
END
echo foo >foo
dvc add foo
snapshot once
echo bar2 >foo
dvc add foo
dvc commit -f foo.dvc
