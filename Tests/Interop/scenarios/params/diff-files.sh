# Params in other files and targets; only used ones with --deps.
# compare: stdout-sorted
printf 'a: 1\nb: 2\n' >params.yaml
printf '{"k": {"x": 1}, "l": 1}' >p.json
printf 'top = 1\n[s]\nf = 1.0\n' >p.toml
printf 'A = 1\nclass C:\n    B = 2\n' >p.py
printf 'not: declared\n' >own.yaml
printf 'params: [p.toml]\nstages:\n  s:\n    cmd: x\n    params:\n    - a\n    - p.json: [k.x]\n    - p.py: [A, C.B]\n    outs: [o]\n' >dvc.yaml
commit
printf 'a: 2\nb: 3\n' >params.yaml
printf '{"k": {"x": 2}, "l": 2}' >p.json
printf 'top = 2\n[s]\nf = 2.0\n' >p.toml
printf 'A = 2\nclass C:\n    B = 3\n' >p.py
printf 'not: known\n' >own.yaml
dvc params diff
dvc params diff --json
dvc params diff --deps
dvc params diff --deps --json
dvc params diff --targets p.json --json
dvc params diff --targets own.yaml --json
dvc params diff --targets nosuch.yaml
dvc params diff --targets p.json own.yaml
