# Outputs edited or deleted are made again.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o out -O plain 'cp in out; cp in plain'
dvc stage add -q -n b -d out -o last 'cp out last'
dvc repro -q
echo edited >out
dvc status
dvc repro
rm out
dvc repro
echo edited >plain
dvc repro
rm last plain
dvc repro b
