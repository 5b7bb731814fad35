# A stage is added to a hand-written file; comments, anchors and order stay.
# loose: repo/dvc.yaml
cat >dvc.yaml <<'END'
# the pipeline
vars:
- v: 1
stages:
  first:   # one
    cmd: echo ${v} >first
    outs:
      - first
    meta: {k: [1, 2]}
  second:
    cmd:
      - echo a
      - 'echo b'
    desc: |
      several
      lines
params: [p.yaml]
END
dvc stage add -n third -d first -o third 'cp first third'
dvc stage add -f -n first -o first 'echo new >first'
