# A lock entry of 2.x without hash keys.
# compare: stdout
echo 1 >in
printf 'stages:\n  a:\n    cmd: cp in out\n    deps:\n    - in\n    outs:\n    - out\n' >dvc.yaml
cp in out
echo /out >.gitignore
digest=$(md5sum in | cut -c1-32)
cat >dvc.lock <<END
schema: '2.0'
stages:
  a:
    cmd: cp in out
    deps:
    - path: in
      md5: $digest
      size: 2
    outs:
    - path: out
      md5: $digest
      size: 2
END
dvc status
dvc repro
dvc commit -f
snapshot committed
echo 2 >in
dvc repro
