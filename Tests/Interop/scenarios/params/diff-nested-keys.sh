# Keys of stages: nested, of lists, with patterns, missing ones, a whole file beside keys of it.
# compare: stdout-sorted
cat >dvc.yaml <<'X'
stages:
  s:
    cmd: x
    params:
    - train.lr
    - train.layers
    - list.1
    - 'opt*.name'
    - nothing
    - p.json: [a.b.c, d]
    - whole.yaml:
    - whole.yaml: [a]
X
printf 'train: {lr: 1, layers: [1, 2], other: 1}\nlist: [1, {x: 2}, 3]\noptimizer: {name: a, k: 1}\noption: {name: b}\n' >params.yaml
printf '{"a": {"b": {"c": 1, "z": 1}}, "d": [1]}' >p.json
printf 'a: 1\nb: {c: null, d: {}}\n' >whole.yaml
commit
printf 'train: {lr: 2, layers: [1], other: 2}\nlist: [1, {x: 3}, 4]\noptimizer: {name: c, k: 2}\n' >params.yaml
printf '{"a": {"b": {"c": {"e": 1}, "z": 2}}, "d": [2]}' >p.json
printf 'a: 2\nb: {c: 1, d: {e: 1}}\n' >whole.yaml
dvc params diff --deps
dvc params diff --deps --json
dvc params diff --json
dvc params diff --deps --all --json
