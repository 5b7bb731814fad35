# foreach over a mapping; keys and values.
# compare: stdout
cat >dvc.yaml <<'END'
stages:
  build:
    foreach:
      us:
        epochs: 3
      uk:
        epochs: 4
      "with space":
        epochs: 5
      1:
        epochs: 6
    do:
      cmd: echo ${key} ${item.epochs} >"o-${key}"
      outs:
      - o-${key}
END
dvc stage list
dvc repro build@us
dvc repro
dvc status --json
