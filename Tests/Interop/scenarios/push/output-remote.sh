# Outputs with a remote of their own.
dvc remote add -q -d r "$ROOT/remote"
dvc remote add -q other "$ROOT/other"
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: echo a >a; echo b >b
    outs:
    - a:
        remote: other
    - b
END
dvc repro -q
dvc push
rm -rf .dvc/cache a b
dvc pull
dvc push -r other
