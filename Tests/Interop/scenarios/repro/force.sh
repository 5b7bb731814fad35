# -f runs unchanged stages.
# compare: stdout
echo 1 >in
dvc add -q in
dvc stage add -q -n a -d in -o out 'cp in out; echo run >>log'
dvc stage add -q -n b -d out -o last 'cp out last; echo run >>log'
dvc repro -q
dvc repro -f
dvc repro -f -s b
dvc repro -f a
