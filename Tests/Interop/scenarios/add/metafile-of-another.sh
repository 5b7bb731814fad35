# A metafile of the same name about something else is replaced; its remarks stay.
echo foo >foo
cat >foo.dvc <<'END'
# note
outs:
- path: other
  desc: not this
desc: kept
meta:
  a: 1
END
dvc add foo
