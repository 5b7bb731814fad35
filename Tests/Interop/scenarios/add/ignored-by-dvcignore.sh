# Patterns leave files out of a directory; an ignored target is refused.
printf '*.log\n/data/skip\n' >.dvcignore
mkdir -p data/skip
echo a >data/a
echo l >data/a.log
echo s >data/skip/s
echo top >top.log
dvc add data
dvc add top.log
dvc status -q
