# Many params as single keys, sorted.
cat >params.yaml <<'END'
zeta: 1
alpha: 1e5
Beta: 1e-5
size: 3
nfiles: 4
deep:
  size: 5
  y: {nfiles: 1, x: 1e22}
"with space": 1
END
echo 1 >in
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: cp in out
    deps: [in]
    params: [zeta, size, Beta, alpha, nfiles, deep.y, deep.size, 'with space']
    outs: [out]
END
dvc repro
rm dvc.lock out
dvc repro
