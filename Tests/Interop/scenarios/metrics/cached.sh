# Cached metrics of other revisions come from the cache.
# compare: stdout-sorted
echo 1 >in
dvc stage add -q -n a -d in -m m.json 'echo "{\"v\": $(cat in)}" >m.json'
dvc repro -q
commit one
echo 2 >in
dvc repro -q
dvc metrics diff
dvc metrics show -a --json
commit two
rm m.json
dvc metrics show
rm -rf .dvc/cache
dvc metrics diff HEAD~1
dvc metrics show --json
