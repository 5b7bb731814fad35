# Exec bit and link types after a pull.
dvc remote add -q -d r "$ROOT/remote"
echo hi >run.sh && chmod +x run.sh
echo foo >foo
dvc add -q run.sh foo
dvc push -q
rm -rf .dvc/cache run.sh foo
dvc config cache.type symlink
dvc pull
