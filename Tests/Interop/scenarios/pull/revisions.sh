# pull -a, -T, -A fetch what other revisions use and check out the workspace alone.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
mkdir d
for step in one two; do
    echo $step >foo
    echo $step >d/$step
    dvc add -q foo d
    commit $step
done
git tag -a -m two two
git checkout -q -b side
echo sideways >foo
dvc add -q foo
commit side
git checkout -q main
dvc push -q -A
rm -rf .dvc/cache foo d
dvc pull -a
snapshot branches
rm foo
dvc pull -T foo.dvc
dvc pull -A foo.dvc
snapshot commits
dvc pull -A
dvc fetch -a nosuch
