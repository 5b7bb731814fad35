# -R takes a folder's files.
# compare: stdout-sorted
mkdir -p sub/deep
echo '{"a": 1}' >sub/m.json
echo '{"b": 2}' >sub/deep/m.json
echo '{"c": 3}' >m.json
dvc metrics show -R sub
dvc metrics show sub
dvc metrics show -R sub --json
commit
echo '{"b": 3}' >sub/deep/m.json
dvc metrics diff -R --targets sub --json
