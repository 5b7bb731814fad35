# What a stage makes cannot be added; what an import brought can.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
dvc add out
echo foo >"$ROOT/foo"
dvc import-url -q "$ROOT/foo" imported
echo changed >imported
dvc add imported
dvc status
dvc commit -f imported
