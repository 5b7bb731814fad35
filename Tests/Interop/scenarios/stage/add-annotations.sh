# Descriptions of outputs and other hand-written fields survive repro.
cat >dvc.yaml <<'END'
stages:
  a:
    desc: what it does
    cmd: echo x >out; echo y >other
    outs:
    - out:
        desc: the result
        type: model
        labels: [a, b]
        meta:
          n: 1
    - other:
        persist: true
    meta:
      team: blue
artifacts:
  model:
    path: out
    type: model
END
dvc repro
dvc stage list
