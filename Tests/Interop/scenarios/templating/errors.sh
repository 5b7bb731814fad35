# Texts that cannot be resolved.
try() { cat >dvc.yaml; dvc repro --dry; dvc status; }
printf 'a: 1\nl: [1]\nd: {x: 1}\n' >params.yaml
try <<'END'
stages: {s: {cmd: 'echo ${nosuch}'}}
END
try <<'END'
stages: {s: {cmd: 'echo ${d.y}'}}
END
try <<'END'
stages: {s: {cmd: 'echo ${l}'}}
END
try <<'END'
stages: {s: {cmd: 'x', outs: ['${d}']}}
END
try <<'END'
stages: {s: {cmd: 'echo ${a + 1}'}}
END
try <<'END'
stages: {s: {cmd: 'echo ${}'}}
END
try <<'END'
stages: {s: {cmd: 'echo ${l[5]}'}}
END
try <<'END'
vars: [nosuch.yaml]
stages: {s: {cmd: 'x'}}
END
try <<'END'
vars: [{a: 2}]
stages: {s: {cmd: 'x'}}
END
try <<'END'
vars: ['params.yaml:nosuch']
stages: {s: {cmd: 'x'}}
END
try <<'END'
stages: {s: {foreach: [1, 2], do: {cmd: 'echo ${key}'}}}
END
try <<'END'
stages: {s: {foreach: '${a}', do: {cmd: 'x'}}}
END
try <<'END'
stages: {s: {foreach: [1, 1], do: {cmd: 'echo ${item}'}}}
END
try <<'END'
vars: [{item: 1}]
stages: {s: {foreach: [1], do: {cmd: 'x'}}}
END
try <<'END'
stages: {s: {matrix: {a: 1}, cmd: 'x'}}
END
try <<'END'
stages: {s: {cmd: '${a'}}
END
