# --to-remote sends the data away and keeps only the metafile.
mkdir "$ROOT/elsewhere"
echo foo >"$ROOT/elsewhere/foo"
mkdir "$ROOT/elsewhere/d" && echo x >"$ROOT/elsewhere/d/x"
dvc remote add -q -d r "$ROOT/remote"
dvc add --to-remote "$ROOT/elsewhere/foo" -o foo
dvc add --to-remote "$ROOT/elsewhere/d" -o d
dvc pull
