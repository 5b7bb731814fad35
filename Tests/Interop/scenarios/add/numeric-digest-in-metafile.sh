# A digest that YAML reads as a number is refused.
cat >foo.dvc <<'END'
outs:
- md5: 00000000000000000000000000000000
  hash: md5
  path: foo
END
echo foo >foo
dvc add foo
dvc status
