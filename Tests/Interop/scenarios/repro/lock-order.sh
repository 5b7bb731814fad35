# The lock keeps the positions of stages and appends new ones.
echo 1 >in
for name in c a b; do dvc stage add -q -n $name -d in -o out-$name "cp in out-$name"; done
dvc repro -q b
dvc repro -q
snapshot appended
echo 2 >in
dvc repro -q c
dvc remove a
dvc repro -q
