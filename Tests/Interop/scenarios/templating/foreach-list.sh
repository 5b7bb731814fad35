# foreach over scalars and over mappings.
# compare: stdout
printf 'models: [us, uk]\nruns:\n- {n: 1, t: a}\n- {n: 2, t: b}\n' >params.yaml
cat >dvc.yaml <<'END'
stages:
  train:
    foreach: ${models}
    do:
      cmd: echo ${item} >model-${item}
      outs:
      - model-${item}
  run:
    foreach: ${runs}
    do:
      cmd: echo ${item.n} ${item.t} >run-${item.n}
      outs: ["run-${item.n}"]
  fixed:
    foreach: [1, 2.5, true, text]
    do:
      cmd: echo ${item} >fixed-${item}
      outs: ["fixed-${item}"]
END
dvc stage list
dvc repro train@us
# compare: stdout-sorted
dvc repro train
# compare: stdout
dvc repro run@1
dvc repro fixed@2.5
dvc repro fixed@true
dvc repro
dvc repro train@nosuch
dvc status
dvc stage list --name-only
