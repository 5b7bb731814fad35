# Members of foreach and matrix merged.
# compare: stdout
cat >dvc.yaml <<'END'
stages:
  prep: {cmd: x, outs: [p]}
  train:
    foreach: [a, b]
    do: {cmd: x, deps: [p], outs: ['t-${item}']}
  mat:
    matrix: {x: [1, 2], y: [3, 4]}
    cmd: echo ${item.x} ${item.y}
    deps: [t-a]
    outs: ['m-${key}']
  end: {cmd: x, deps: [t-a, t-b, m-1-3], outs: [e]}
END
dvc dag --collapse-foreach-matrix
dvc dag --collapse-foreach-matrix --mermaid
# compare: stdout-sorted
dvc dag --collapse-foreach-matrix --dot
# compare: stdout
dvc dag --dot
dvc dag train@a
dvc dag train --dot
