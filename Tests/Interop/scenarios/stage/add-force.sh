# What a replaced stage leaves behind: its texts and those of its outputs, nothing else.
# loose: repo/dvc.yaml
cat >dvc.yaml <<'END'
vars:
- v: 1
stages:
  a:
    cmd: old
    desc: old text
    wdir: .
    deps:
    - in
    outs:
    - keep:
        desc: the result
        type: model
        labels: [x]
        meta: {n: 1}
        remote: far
        push: false
        persist: true
    - gone
    plots:
    - p.csv:
        x: step
        title: t
    meta:
      team: blue
    frozen: true
    always_changed: true
  templated:
    cmd: echo ${v}
    desc: with ${v}
  group:
    foreach: [1, 2]
    do:
      cmd: echo ${item}
END
dvc stage add -n a 'new'
dvc stage add -f -n a --desc ignored -o keep --plots p.csv 'new'
dvc stage add -f -n templated -o t 'plain'
dvc stage add -f -n fresh --desc kept 'plain'
dvc stage add -n group -o g 'plain'
dvc stage add -f -n a -o g 'clash'
