# Comments of dvc.yaml survive a removal.
# loose: repo/dvc.yaml
cat >dvc.yaml <<'END'
# pipeline
stages:
  # first
  a:
    cmd: echo a >a
    outs:
    - a
  # second
  b:
    cmd: echo b >b   # inline
    outs:
      - b
metrics:
- m.json
END
dvc repro -q
dvc remove a
