# A changed value changes the command.
# compare: stdout
echo 'lr: 1' >params.yaml
echo 1 >in
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: echo ${lr} >out
    deps: [in]
    outs: [out]
END
dvc repro -q
echo 'lr: 1.0' >params.yaml
dvc status
dvc repro
