# Lists, several lines, the shell, working folder and environment of a command.
# compare: stdout
mkdir -p w
echo 1 >in
cat >dvc.yaml <<'END'
stages:
  list:
    cmd:
    - echo one >out1
    - echo two >>out1
    outs: [out1]
  multi:
    cmd: |
      cd w
      echo multi >m
      pwd >../where
    outs: [w/m, where]
  env:
    cmd: echo "$DVC_STAGE" >../env; [ "$DVC_ROOT" = "$(dirname "$PWD")" ] && echo root >>../env
    wdir: w
    outs: [../env]
  stop:
    cmd:
    - echo first >s1
    - exit 4
    - echo never >s2
    deps: [in]
    outs: [s1]
END
dvc repro list
dvc repro multi
sed "s,$ROOT,ROOT," where >said
dvc repro env

dvc repro stop
