# Dates, counts of commits, broken revisions, arguments that make no sense.
for step in one two three; do
    echo $step >foo
    dvc add -q foo
    commit $step
done
git branch old HEAD~1
dvc gc -w -n 2 -f
dvc gc -n 2 -f
dvc gc -r r -f
dvc gc -w -c --not-in-remote -f
dvc gc -w --date yesterday -f
dvc gc -w --rev nosuch -f
snapshot refused
dvc gc --date 2001-01-01 -f
dvc gc -a -n 2 -f
snapshot all
dvc gc -a -f
snapshot branches
dvc gc -w --all-experiments -f -r nosuch
snapshot experiments
echo 'outs: nonsense' >bar.dvc
commit broken
git rm -q bar.dvc
git commit -q -m fixed
dvc gc -A -f
dvc gc -A -f --skip-failed
dvc gc --rev HEAD~3 -f
dvc gc --date 2031-01-01 -f -j 3
