# Cycles, outputs twice, outputs inside outputs.
try() { cat >dvc.yaml; dvc repro --dry; dvc status; dvc dag; }
try <<'END'
stages:
  a: {cmd: x, deps: [B], outs: [A]}
  b: {cmd: x, deps: [A], outs: [B]}
END
try <<'END'
stages:
  a: {cmd: x, outs: [same]}
  b: {cmd: x, outs: [same]}
END
try <<'END'
stages:
  a: {cmd: x, outs: [d]}
  b: {cmd: x, outs: [d/inner]}
END
try <<'END'
stages:
  a: {cmd: x, deps: [self], outs: [self]}
END
try <<'END'
stages:
  a: {cmd: x, outs: [one], metrics: [one]}
END
try <<'END'
stages:
  a: {cmd: x, deps: [.], outs: [one]}
END
