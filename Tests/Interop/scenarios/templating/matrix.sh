# Products of lists, scalars and mappings.
# compare: stdout
printf 'xs: [1, 0.1, true, s t]\nms: [{m: a}, {m: b}]\n' >params.yaml
cat >dvc.yaml <<'END'
stages:
  mat:
    matrix:
      r: ${xs}
      o: ${ms}
    cmd: echo "${item.r} ${item.o.m}" >"o-${key}"
    outs:
    - o-${key}
  lit:
    matrix:
      a: [x, y]
      b: [1, 2]
    cmd: echo ${item.a}${item.b}
  list:
    matrix:
      l: [[1, 2], [3]]
    cmd: echo ${item.l[0]}
END
dvc stage list
dvc repro mat@1-o0
dvc repro
# compare: stdout-sorted
dvc repro lit
# compare: stdout
dvc dag --dot
