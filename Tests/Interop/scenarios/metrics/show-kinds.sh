# Numbers alone in a file, TOML, unknown types, broken and missing files.
# compare: stdout
echo 0.5 >number.json
echo 3 >number.txt
printf 'a = 1\n[b]\nc = 2.5\n' >m.toml
printf 'A = 1\n' >m.py
printf '{"x": ' >broken.json
printf 'metrics: [number.json, m.toml]\n' >dvc.yaml
dvc metrics show
dvc metrics show --json
printf 'metrics: [number.txt]\n' >dvc.yaml
dvc metrics show
printf 'metrics: [broken.json, m.toml]\n' >dvc.yaml
dvc metrics show
dvc metrics show --json
printf 'metrics: [missing.json]\n' >dvc.yaml
dvc metrics show
printf 'metrics: [m.py]\n' >dvc.yaml
dvc metrics show --json
rm dvc.yaml
dvc metrics show
dvc metrics show --json
dvc metrics show --md
