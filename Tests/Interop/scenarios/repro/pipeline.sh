# -p runs the whole pipeline of the target.
# compare: stdout
echo 1 >in
echo 1 >other
dvc stage add -q -n a -d in -o A 'cp in A'
dvc stage add -q -n b -d A -o B 'cp A B'
dvc stage add -q -n x -d other -o X 'cp other X'
dvc repro -p a
dvc repro -P
