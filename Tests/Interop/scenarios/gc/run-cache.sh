# Entries of the run cache and their objects.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
echo 2 >in
dvc repro -q
dvc gc -w -f
