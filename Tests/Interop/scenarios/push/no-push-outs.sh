# Outputs marked push: false stay.
dvc remote add -q -d r "$ROOT/remote"
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: echo a >a; echo b >b
    outs:
    - a:
        push: false
    - b
END
dvc repro -q
dvc push
dvc status -c
