# Numbers up and down, strings, booleans, added and removed ones.
# compare: stdout
printf '{"loss": 0.001, "acc": 0.5, "same": 1, "gone": 2, "name": "a", "flag": true, "int": 5, "nested": {"x": 0.3}, "list": [1], "huge": 1e20}' >m.json
printf 'metrics: [m.json]\n' >dvc.yaml
dvc metrics diff
commit
dvc metrics diff
dvc metrics diff --md
dvc metrics diff --json
printf '{"loss": 0.5, "acc": 0.123456789, "same": 1, "new": 1e-7, "name": "b", "flag": false, "int": 7, "nested": {"x": 0.1}, "list": [2], "huge": 1e21}' >m.json
# compare: stdout-sorted
dvc metrics diff
dvc metrics diff --md
dvc metrics diff --json
dvc metrics diff --all
dvc metrics diff --all --json
dvc metrics diff --no-path
dvc metrics diff --no-path --md
dvc metrics diff --precision 2
dvc metrics diff --precision 10 --md
dvc metrics diff --targets m.json
dvc metrics diff --targets nosuch.json
dvc metrics diff HEAD --json
dvc metrics diff nosuch
