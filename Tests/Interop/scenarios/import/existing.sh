# Frozen imports that are in the repository already.
# compare: stdout
cat >data.dvc <<'END'
md5: 52f2d4e14fd90c71ee389ff801544acc
frozen: true
deps:
- path: d
  repo:
    url: ../nowhere
    rev_lock: 1a0b4c577921b60859ef7ecb767bd7a08ca4fbef
outs:
- md5: d3b07384d113edec49eaa6238ad5ff00
  size: 4
  hash: md5
  path: data
END
echo foo >data
dvc status
dvc repro
dvc dag
dvc dag --dot
dvc commit -f
dvc status
dvc push
rm data
dvc checkout
dvc stage list --all
dvc ls . --json
