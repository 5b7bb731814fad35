# status -c of targets, of folders, with dependencies; a manifest that only the remote has.
# compare: stdout-sorted
dvc remote add -q -d r "$ROOT/remote"
dvc remote add -q other "$ROOT/other"
mkdir -p sub d/e
echo foo >foo
echo two >sub/two
echo x >d/x
echo y >d/e/y
dvc add -q foo sub/two d
dvc status -c foo.dvc
dvc status -c sub/two
dvc status -c -R sub
dvc status -c d/e
dvc status -r other foo
dvc status -j 2
dvc push -q
rm -rf .dvc/cache
dvc status -c --json
snapshot manifest
dvc status -c foo
dvc status -c nosuch
dvc status -c -r nosuch
printf '  push: false\n' >>foo.dvc
dvc status -c
dvc status -c -q
