# Against HEAD: changed, added, removed, nested, of all types; every form.
# compare: stdout
printf 'lr: 0.001\ntrain:\n  epochs: 10\n  opt: adam\n  layers: [1, 2]\ngone: x\nsame: 1\nflag: true\n' >params.yaml
dvc params diff
dvc params diff --json
dvc params diff --md
commit
dvc params diff
dvc params diff --json
dvc params diff --md
printf 'lr: 0.5\ntrain:\n  epochs: 20\n  opt: sgd\n  layers: [1, 2, 3]\nnew: 3\nsame: 1\nflag: false\nnothing: null\nsmall: 1e-7\nlarge: 1e22\ntext: "a | b"\nuni: é😀\nempty: ""\nemptylist: []\nemptymap: {}\nmaps: [{a: 1}]\n' >params.yaml
# compare: stdout-sorted
dvc params diff
dvc params diff --md
dvc params diff --no-path
dvc params diff --all
dvc params diff --all --md --no-path
dvc params diff --json
dvc params diff --all --json
dvc params diff HEAD --json
dvc params diff HEAD HEAD --json
dvc params diff nosuch
