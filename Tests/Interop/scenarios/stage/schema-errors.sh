# Files that do not follow the schema.
try() { cat >dvc.yaml; dvc stage list; dvc repro --dry; }
try <<'END'
stages:
  a:
    cmd: x
    nosuch: 1
END
try <<'END'
stages:
  a:
    deps: [x]
END
try <<'END'
stages:
  a:
    cmd: 3
END
try <<'END'
stages: [a]
END
try <<'END'
nosuch: 1
END
try <<'END'
stages:
  a:
    cmd: x
  a:
    cmd: y
END
try <<'END'
stages:
  a:
    cmd: x
    outs:
    - out:
        cache: maybe
END
try <<'END'
stages:
  a:
    foreach: [1]
END
try <<'END'
stages:
  a: null
END
try </dev/null
try <<'END'
just text
END
