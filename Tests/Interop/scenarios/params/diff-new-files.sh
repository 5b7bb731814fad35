# Files of every format that are new, or gone, on one side.
# compare: stdout-sorted
printf 'params: [gone.json, p.toml, p.py, sub]\n' >dvc.yaml
printf '{"a": {"b": 1}}' >gone.json
commit
rm gone.json
mkdir sub
printf 'title = "x"\nwhen = 1.5\n[a.b]\nc = [1, 2]\n[[many]]\nx = 1\n' >p.toml
printf 'A: int = 1\nB = [1, [2, 3]]\nC = {"x": None, "y": -1}\nclass D:\n    e = True\n    f: float = 1e-3\n' >p.py
printf 'a: 1\n' >sub/one.yaml
printf '{"b": 2}' >sub/two.json
dvc params diff
dvc params diff --json
dvc params diff --md
commit
dvc params diff HEAD~1 HEAD
dvc params diff HEAD HEAD~1 --json
dvc params diff --all --json
dvc params diff --targets sub --all
