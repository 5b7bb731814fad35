# -k goes on with what does not depend on a failure.
# compare: stdout
echo 1 >in
dvc stage add -q -n fail -d in -o A 'exit 3'
dvc stage add -q -n after -d A -o B 'cp A B'
dvc stage add -q -n fine -d in -o C 'cp in C'
dvc repro
dvc repro -k
dvc repro --ignore-errors
