# What the hooks do when called by hand: nothing for single files, nothing outside of a project.
echo foo >foo
dvc add -q foo
commit one
rm foo
dvc git-hook post-checkout 1 2 0
dvc git-hook post-checkout 1 2
snapshot missing
dvc git-hook post-checkout 1 2 1
snapshot back
PRE_COMMIT_CHECKOUT_TYPE=0 dvc git-hook post-checkout 1 2 1
dvc git-hook pre-commit
dvc git-hook pre-push origin url
dvc git-hook
dvc git-hook nosuch
cd "$ROOT/home"
dvc git-hook pre-commit
dvc git-hook pre-push
