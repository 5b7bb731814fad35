# -p keeps what another project with the same cache uses.
dvc cache dir -q "$ROOT/shared"
echo one >foo
dvc add -q foo
commit
git clone -q . "$ROOT/other"
cd "$ROOT/other"
echo two >foo
dvc cache dir -q --local "$ROOT/shared"
dvc add -q foo
cd "$ROOT/repo"
echo three >foo
dvc add -q foo
dvc gc -w -p "$ROOT/other" -f
snapshot both
dvc gc -w -f
