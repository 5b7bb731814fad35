# Metrics and files of them that are gone or changed their kind; lists and nulls are none.
# compare: stdout-sorted
printf 'metrics: [a.json, b.json, c.yaml, d.yaml, e.json]\n' >dvc.yaml
printf '{"gone": 1, "kept": 2, "kind": 3, "nest": {"x": 1, "y": {"z": 2}}, "list": [1], "null": null}' >a.json
printf '{"b": 1}' >b.json
printf '0.5\n' >c.yaml
printf '[1, 2]\n' >d.yaml
printf '{"big": 9223372036854775807, "float": 1.5, "flag": true, "text": "1"}' >e.json
commit
printf '{"kept": 2, "kind": {"now": 1}, "nest": 5, "list": [2], "null": 1}' >a.json
rm b.json
printf '0.75\n' >c.yaml
printf '[1, 3]\n' >d.yaml
printf '{"big": 9223372036854775808, "float": 2, "flag": 1, "text": 1}' >e.json
dvc metrics diff
dvc metrics diff --json
dvc metrics diff --all --md
dvc metrics show
dvc metrics show --json
printf 'metrics: [a.json]\n' >dvc.yaml
dvc metrics diff --json
commit
dvc metrics diff HEAD~1 HEAD --json
