# Mappings in commands become flags.
# compare: stdout
cat >params.yaml <<'END'
d:
  x:
    y: 1.0
  s: "hello world"
  q: "it's"
  l: [1, 2, "a b"]
  e: 1e-4
  n: null
  t: true
  f: false
  empty: ''
  z: {}
END
printf 'stages:\n  a:\n    cmd: echo ${d}\n' >dvc.yaml
dvc repro
dvc config parsing.bool boolean_optional
dvc config parsing.list append
dvc repro
