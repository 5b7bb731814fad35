# Listing a plain folder.
# compare: stdout-sorted
mkdir -p "$ROOT/place/sub"
echo 1 >"$ROOT/place/one"
echo 22 >"$ROOT/place/sub/two"
dvc ls-url "$ROOT/place"
dvc ls-url -R "$ROOT/place"
dvc ls-url --size "$ROOT/place"
dvc ls-url --json "$ROOT/place"
dvc ls-url "$ROOT/nowhere"
