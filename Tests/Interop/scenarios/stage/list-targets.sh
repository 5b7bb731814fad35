# Targets of every form, folders, repeated ones; texts that are long or strange.
# compare: stdout
mkdir -p sub/deep
echo 1 >in
dvc add -q in
cat >dvc.yaml <<'END'
stages:
  group:
    foreach: [b, a]
    do:
      cmd: x
      outs: ['o-${item}']
  matrix:
    matrix: {x: [1, 2], y: [q]}
    cmd: x
    deps: [o-a]
  eighty: {cmd: x, desc: 12345678901234567890123456789012345678901234567890123456789012345678901234567890}
  more: {cmd: x, desc: é2345678901234567890123456789012345678901234567890123456789012345678901234567890é}
  lines:
    cmd: x
    desc: |2

       second line is the first
      third
  blank: {cmd: x, desc: "  \nnot this"}
  many: {cmd: x, outs: [a-long-name-of-an-output-1, a-long-name-of-an-output-2, a-long-name-of-an-output-3]}
  reads: {cmd: x, deps: [in], params: [k, {p.yaml: [l]}]}
  plots: {cmd: x, plots: [p.csv: {x: a}], metrics: [m.json: {cache: false}], outs: [data]}
END
printf 'stages:\n  late: {cmd: x, deps: [early.txt]}\n  early: {cmd: x, outs: [early.txt]}\n' >sub/dvc.yaml
printf 'stages:\n  deep: {cmd: x, deps: [../early.txt]}\n' >sub/deep/dvc.yaml
dvc stage list
dvc stage list group matrix@1-q group@a
dvc stage list in.dvc many in.dvc dvc.yaml:many
dvc stage list sub/dvc.yaml:early sub/dvc.yaml
dvc stage list --name-only group sub/dvc.yaml
dvc stage list --names-only group@b
dvc stage list -R sub/deep
dvc stage list -R sub
dvc stage list -R many
dvc stage list -R nosuch
dvc stage list group@c
dvc stage list in
dvc stage list dvc.lock
dvc stage list nosuch.dvc
dvc stage list nosuch/dvc.yaml
cd sub
dvc stage list
dvc stage list ../dvc.yaml:many ../in.dvc late
cd deep
dvc stage list ../dvc.yaml
rm dvc.yaml
dvc stage list
touch dvc.yaml
dvc stage list
