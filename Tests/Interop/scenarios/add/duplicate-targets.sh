# The same target twice, and in two spellings.
echo foo >foo
dvc add foo foo
dvc add ./foo
dvc add "$ROOT/repo/foo"
