# An entry whose object is gone cannot be used.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
rm -rf .dvc/cache/files out dvc.lock
dvc repro
