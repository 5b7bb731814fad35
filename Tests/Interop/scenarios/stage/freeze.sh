# Stages and data frozen and thawed; what is written is put in order.
# loose: repo/dvc.yaml
# compare: stdout
echo 1 >in
dvc add -q in
mkdir -p w sub
cat >dvc.yaml <<'END'
vars:
- v: 1
stages:
  a:   # the first
    wdir: ./w/
    cmd: x
    deps:
    - c
    - b
    - a
    params:
    - q
    - p.yaml:
      - n
      - m
    - k
    outs:
    - z
    - y:
        cache: false
    always_changed: false
  b: {cmd: [x, y], deps: [w/z], outs: [bo]}
  templated:
    cmd: echo ${v}
  escaped:
    cmd: echo \${HOME}
  local-vars:
    vars: [{l: 1}]
    cmd: x
  group:
    foreach: [1, 2]
    do:
      cmd: x
END
printf 'stages:\n  s:\n    cmd: x\n' >sub/dvc.yaml
dvc freeze a b
snapshot frozen
dvc freeze a
dvc freeze templated escaped local-vars group group@1
dvc freeze in.dvc in nosuch nosuch.dvc dvc.yaml sub sub/dvc.yaml:s
snapshot more
cd sub
dvc unfreeze ../dvc.yaml:a s ../in.dvc
cd ..
dvc unfreeze b b
dvc freeze
dvc -q freeze sub/dvc.yaml
printf 'stages:\n  s:\n    cmd: [\n' >sub/dvc.yaml
dvc freeze a
dvc freeze sub/dvc.yaml:s
