# Two directories that both gained files are merged.
mkdir d && echo a >d/a
dvc add -q d
commit base
git checkout -q -b side
echo b >d/b
dvc add -q d
commit side
git checkout -q main
dvc checkout -q
echo c >d/c
dvc add -q d
commit main
git show main~1:d.dvc >base.dvc
git show main:d.dvc >ours.dvc
git show side:d.dvc >theirs.dvc
mv base.dvc ours.dvc theirs.dvc "$ROOT/home"
dvc git-hook merge-driver --ancestor "$ROOT/home/base.dvc" --our "$ROOT/home/ours.dvc" --their "$ROOT/home/theirs.dvc"
cp "$ROOT/home/ours.dvc" d.dvc
dvc checkout
