# From inside a folder; params in folders.
# compare: stdout-sorted
mkdir sub
printf 'a: 1\n' >params.yaml
printf 'b: 1\n' >sub/params.yaml
printf 'stages:\n  s: {cmd: x, params: [b], outs: [o]}\n' >sub/dvc.yaml
commit
printf 'a: 2\n' >params.yaml
printf 'b: 2\n' >sub/params.yaml
dvc params diff
cd sub
dvc params diff
dvc params diff --json
