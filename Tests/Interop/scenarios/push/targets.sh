# Only the given targets, also inside directories.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
echo bar >bar
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
dvc add -q foo bar d
dvc push foo
dvc push bar.dvc
snapshot files
dvc push d/sub/y
snapshot granular
dvc push d
dvc push nosuch
