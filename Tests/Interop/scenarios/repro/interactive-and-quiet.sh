# -i asks before each stage; no terminal answers no.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -i
dvc repro -q
