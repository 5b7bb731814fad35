# Targets of every form, groups, outputs of stages, paths inside of outputs.
# compare: stdout
mkdir -p sub
echo 1 >in
dvc add -q in
cat >dvc.yaml <<'END'
stages:
  prep: {cmd: x, deps: [in], outs: [data]}
  train:
    foreach: [a, b]
    do: {cmd: x, deps: [data/train], outs: ['t-${item}']}
  chain:
    foreach: [1, 2]
    do: {cmd: x, outs: ['c${item}/out']}
  eval: {cmd: x, deps: [t-a, c1], metrics: [m.json]}
  report: {cmd: x, deps: [m.json]}
  alone: {cmd: x}
END
printf 'stages:\n  other: {cmd: x, deps: [../t-b], outs: [s]}\n' >sub/dvc.yaml
dvc dag train --mermaid
dvc dag train@b --full --mermaid
dvc dag t-a --mermaid
dvc dag data/train/x --mermaid
dvc dag data --full --mermaid --collapse-foreach-matrix
dvc dag eval --outs --mermaid
dvc dag eval --outs --full --md
dvc dag train --outs --mermaid
dvc dag in.dvc --outs --mermaid
dvc dag report --md --collapse-foreach-matrix
dvc dag sub/dvc.yaml:other --mermaid
dvc dag sub/dvc.yaml --full --mermaid
dvc dag alone
dvc dag alone --full --mermaid
dvc dag eval
dvc dag --outs --collapse-foreach-matrix
dvc dag data --outs
dvc dag sub
dvc dag train@c
cd sub
dvc dag other --mermaid
dvc dag ../dvc.yaml:prep --mermaid
dvc dag s --mermaid
# compare: stdout-sorted
dvc dag --dot
dvc dag --dot --outs
dvc dag alone --outs --dot
