# Metafiles of DVC 2 in a pipeline and beside it are brought to the new form.
# compare: stdout-sorted
printf '/in\n/out\n' >.gitignore
echo in >in
mkdir -p .dvc/cache/13 .dvc/cache/c1
digest=$(md5sum <in | cut -c1-32)
mkdir -p .dvc/cache/$(echo $digest | cut -c1-2)
cp in .dvc/cache/$(echo $digest | cut -c1-2)/$(echo $digest | cut -c3-)
chmod 444 .dvc/cache/ba/*
cat >in.dvc <<END
# a comment
outs:
- md5: $digest
  size: 3
  path: in
END
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: cp in out
    deps:
    - in
    outs:
    - out
END
cat >dvc.lock <<END
schema: '2.0'
stages:
  a:
    cmd: cp in out
    deps:
    - path: in
      md5: $digest
      size: 3
    outs:
    - path: out
      md5: $digest
      size: 3
END
dvc checkout
dvc cache migrate --dry --dvc-files
snapshot dry
dvc cache migrate --dvc-files
snapshot migrated
dvc status
dvc cache migrate --dvc-files
