# Listing another revision and another repository.
# compare: stdout
echo one >foo
dvc add -q foo
commit one
git tag one
rm foo foo.dvc .gitignore
mkdir d && echo x >d/x
dvc add -q d
commit two
cd "$ROOT"
dvc ls repo --rev one
dvc ls repo --rev main
dvc ls repo d --json
dvc ls repo --rev nosuch
dvc ls nowhere
