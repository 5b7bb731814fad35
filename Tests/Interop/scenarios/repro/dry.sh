# --dry runs nothing.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc stage add -q -n b -d out -o last 'cp out last'
dvc repro --dry
snapshot nothing
dvc repro -q
echo 2 >in
dvc repro --dry
dvc repro --dry -f
dvc repro --dry b
