# Stages that cannot be read: named, in a named file, in the project.
# compare: stdout
mkdir sub
cat >dvc.yaml <<'END'
stages:
  good: {cmd: x}
  bad: {cmd: 'echo ${nosuch}'}
END
printf 'stages:\n  s: {cmd: x}\n' >sub/dvc.yaml
dvc stage list
dvc stage list good
dvc stage list bad
dvc stage list --all
dvc stage list --all --fail
dvc stage list -R sub
dvc stage list -R sub --fail
dvc dag
dvc freeze good
dvc freeze bad
dvc stage add -n more 'x'
dvc stage add -f -n bad 'x'
