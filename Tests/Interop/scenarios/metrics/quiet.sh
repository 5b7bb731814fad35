# With -q tables stay; experiments are named as commits; empty lists of targets; precisions below one.
# compare: stdout-sorted
printf 'metrics: [m.json]\n' >dvc.yaml
printf '{"m": 1234.5678}' >m.json
echo 'a: 1' >params.yaml
commit one
base=$(git rev-parse HEAD)
printf '{"m": 2234.5678}' >m.json
echo 'a: 2' >params.yaml
git commit -q -a -m two
git update-ref "refs/exps/$(echo $base | cut -c1-2)/$(echo $base | cut -c3-)/first-exp" HEAD
git reset -q --hard HEAD~1
echo foo >foo
dvc add -q foo
dvc params diff first-exp
dvc metrics diff first-exp HEAD --json
dvc metrics diff first-exp HEAD -q
dvc metrics diff first-exp HEAD -q --json
dvc metrics show -q --md
dvc metrics show -q --json
dvc diff -q
dvc diff -q --json
dvc diff -q --md
dvc data status -q
dvc data status -q --json
dvc metrics show --precision -2
dvc metrics show --precision 0
dvc metrics show --precision 400
dvc params diff first-exp --targets
dvc metrics diff --targets --all
dvc diff --targets --json
dvc data status --untracked-files all --json
dvc data status --untracked-files no --json
dvc data status --untracked-files --json
