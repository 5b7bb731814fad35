# Refused: existing names, bad names, overlapping outputs, cycles, files of Git.
echo 1 >in
echo tracked >tracked
commit
dvc stage add -n a -d in -o out 'cp in out'
dvc stage add -n a -d in -o out2 'cp in out2'
dvc stage add -f -n a -d in -o out2 'cp in out2'
dvc stage add -n b -d in -o out2 'cp in out2'
dvc stage add -n 'bad/name' 'x'
dvc stage add -n 'bad$name' 'x'
dvc stage add -n 'good name-1_é' 'x'
dvc stage add -n 'a@b' 'x'
dvc stage add -n c -d loop -o loop 'x'
dvc stage add -n d -d y -o x 'x'
dvc stage add -n e -d x -o y 'x'
dvc stage add -n f -o in/side 'x'
dvc stage add -n g -o dir 'x'
dvc stage add -n h -o dir/file 'x'
dvc stage add -n i -o tracked 'x'
dvc stage add -n j -O tracked 'x'
dvc stage add -n k -o same -m same 'x'
dvc stage add -n l -d missing -o l 'x'
dvc stage add -n m -p nosuch:a -o m 'x'
dvc stage add -n n
dvc stage add -n o -o "$ROOT/outside" 'x'
dvc stage add -n p -o ../outside 'x'
