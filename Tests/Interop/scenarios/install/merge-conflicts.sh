# What the merge driver cannot merge is refused: the exit code is not 0.
mkdir d && echo a >d/a
dvc add -q d
cp d.dvc base.d
echo b >d/a
dvc add -q d
cp d.dvc ours.d
echo c >d/a
dvc add -q d
cp d.dvc theirs.d
dvc git-hook merge-driver --ancestor base.d --our ours.d --their theirs.d || echo refused >outcome
rm ours.d
# compare: no-stdout
