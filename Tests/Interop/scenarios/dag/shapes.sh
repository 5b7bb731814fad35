# A diamond with a source file, in every form.
# compare: stdout
echo 1 >in
dvc add -q in
cat >dvc.yaml <<'END'
stages:
  prep: {cmd: x, deps: [in], outs: [p]}
  left: {cmd: x, deps: [p], outs: [l]}
  right: {cmd: x, deps: [p], outs: [r]}
  join: {cmd: x, deps: [l, r], outs: [j], metrics: [m.json]}
  alone: {cmd: x, outs: [al]}
END
dvc dag
dvc dag --mermaid
dvc dag --md
dvc dag --outs
dvc dag --outs --mermaid
dvc dag join
dvc dag left
dvc dag left --full
dvc dag l
dvc dag in.dvc --full --mermaid
dvc dag in --outs
dvc dag alone
dvc dag nosuch
# The order of files is that of the directory on disk in the original.
# compare: stdout-sorted
dvc dag --dot
dvc dag --outs --dot
dvc dag left --full --dot
