# Many branches, skipped layers, long names.
# compare: stdout
cat >dvc.yaml <<'END'
stages:
  load: {cmd: x, outs: [o1]}
  a-rather-long-name: {cmd: x, deps: [o1], outs: [o2]}
  b: {cmd: x, deps: [o1], outs: [o3]}
  c: {cmd: x, deps: [o1], outs: [o4]}
  d: {cmd: x, deps: [o2, o3], outs: [o5]}
  e: {cmd: x, deps: [o4, o5, o1], outs: [o6]}
  f: {cmd: x, deps: [o6, o2], outs: [o7]}
  g: {cmd: x, deps: [o6], outs: [o8]}
END
# The text layout is random in the original.
# compare: no-stdout
dvc dag
# compare: stdout
dvc dag --dot
dvc dag --mermaid
