# An import moves with its source adjusted.
mkdir sub
echo foo >source
cp source imported
cat >imported.dvc <<'END'
md5: 1db4ff1fb65152e8bc8f024039b3dce1
frozen: true
deps:
- md5: d3b07384d113edec49eaa6238ad5ff00
  size: 4
  hash: md5
  path: source
outs:
- md5: d3b07384d113edec49eaa6238ad5ff00
  size: 4
  hash: md5
  path: imported
END
echo /imported >.gitignore
dvc commit -f
commit
dvc move imported sub
snapshot moved
dvc move sub/imported again
dvc status
