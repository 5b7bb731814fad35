# Limits and kinds.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
printf '%0200d' 1 >large
echo 1 >in
dvc add -q foo large
dvc stage add -q -n a -d foo -o out -m m.json 'cp foo out; echo a >>out; echo "{\"v\": 1}" >m.json'
dvc repro -q
dvc push -q
rm -rf .dvc/cache
dvc fetch --max-size 100
snapshot small
dvc fetch --type metrics
dvc fetch
dvc fetch
