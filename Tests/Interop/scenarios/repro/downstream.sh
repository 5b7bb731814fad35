# --downstream runs what depends on the target; --force-downstream forces it.
# compare: stdout
echo 1 >in
dvc stage add -q -n a -d in -o A 'cp in A'
dvc stage add -q -n b -d A -o B 'echo same >B'
dvc stage add -q -n c -d B -o C 'cp B C'
dvc stage add -q -n d -d A -o D 'cp A D'
dvc repro -q
echo 2 >in
dvc repro --downstream b
dvc repro --dry --downstream a
dvc repro --force-downstream
dvc repro --downstream
