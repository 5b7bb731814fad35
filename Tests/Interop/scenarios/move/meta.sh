# Description and meta move along.
# loose: repo/bar.dvc
cat >foo.dvc <<'END'
# note
outs:
- md5: d3b07384d113edec49eaa6238ad5ff00
  size: 4
  hash: md5
  path: foo
  desc: the file
meta:
  a: 1
END
echo foo >foo
dvc add -q foo
dvc move foo bar
