# What a stage makes cannot be added; what an import brought can.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
dvc add out
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
echo changed >imported
dvc add imported
dvc status
dvc commit -f imported
