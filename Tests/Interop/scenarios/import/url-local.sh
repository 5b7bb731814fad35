# Files and folders of this machine are imported and updated.
mkdir -p "$ROOT/place/d"
echo foo >"$ROOT/place/foo"
echo x >"$ROOT/place/d/x"
dvc import-url ../place/foo
dvc import-url "$ROOT/place/foo" named
dvc import-url ../place/d
dvc import-url ../place/foo none --no-exec
dvc import-url ../place/foo none2 --no-download
dvc import-url ../place/nosuch
snapshot imported
dvc status
echo changed >"$ROOT/place/foo"
dvc status
dvc update foo.dvc
