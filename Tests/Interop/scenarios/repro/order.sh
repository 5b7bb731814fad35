# Depth first over the targets as listed; independent branches.
# compare: stdout
cat >dvc.yaml <<'END'
stages:
  last:
    cmd: cat m1 m2 >last
    deps: [m2, m1]
    outs: [last]
  m2:
    cmd: cp start m2
    deps: [start]
    outs: [m2]
  alone:
    cmd: echo alone >alone
    deps: [in]
    outs: [alone]
  m1:
    cmd: cp start m1; echo 1 >>m1
    deps: [start]
    outs: [m1]
  start:
    cmd: cp in start
    deps: [in]
    outs: [start]
END
echo 1 >in
dvc repro --dry
dvc repro last
dvc repro
rm dvc.lock
dvc repro --no-run-cache m1 alone
