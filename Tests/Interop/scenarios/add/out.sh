# -o copies a file or directory from elsewhere and tracks the copy.
mkdir "$ROOT/elsewhere"
echo foo >"$ROOT/elsewhere/foo"
mkdir "$ROOT/elsewhere/d" && echo x >"$ROOT/elsewhere/d/x"
dvc add "$ROOT/elsewhere/foo" -o bar
dvc add "$ROOT/elsewhere/d" -o dd
dvc add "$ROOT/elsewhere/foo" -o bar
echo other >"$ROOT/elsewhere/foo"
dvc add "$ROOT/elsewhere/foo" -o bar
dvc add -f "$ROOT/elsewhere/foo" -o bar
dvc add a b -o c
