# A file outside the repository is tracked in place with an absolute path.
mkdir "$ROOT/elsewhere"
echo foo >"$ROOT/elsewhere/foo"
dvc add "$ROOT/elsewhere/foo"
