# -s runs one stage alone.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc stage add -q -n b -d out -o last 'cp out last'
dvc repro -s b
dvc repro -q
echo 2 >in
dvc repro -s b
dvc repro -s a
dvc repro -s a b
