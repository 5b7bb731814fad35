# All forms of showing, several files.
# compare: stdout
printf '{"acc": 0.91, "nested": {"f1": 1, "deep": {"x": 1e-7}}, "name": "n", "list": [1, 2], "flag": true, "nul": null, "big": 123456789012}' >m.json
printf 'loss: 0.123456789\nacc: 0.5\n' >m2.yaml
printf 'stages:\n  a: {cmd: x, metrics: [{m.json: {cache: false}}]}\nmetrics: [m2.yaml]\n' >dvc.yaml
dvc metrics show
dvc metrics show --md
dvc metrics show --json
dvc metrics show --precision 2
dvc metrics show --precision 8 --md
dvc metrics show m.json
dvc metrics show m2.yaml m.json --json
dvc metrics show nosuch
commit one
git tag v1
git checkout -q -b side
printf 'loss: 0.2\n' >m2.yaml
commit two
git checkout -q main
# compare: stdout-sorted
dvc metrics show -a
dvc metrics show -T
dvc metrics show -A
dvc metrics show -a --md
dvc metrics show -a --json
