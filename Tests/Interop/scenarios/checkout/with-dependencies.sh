# -d also checks out what a stage depends on.
echo 1 >in
dvc add -q in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc stage add -q -n b -d out -o last 'cp out last'
dvc repro -q
rm in out last
dvc checkout b
snapshot one
rm last
dvc checkout -d b
