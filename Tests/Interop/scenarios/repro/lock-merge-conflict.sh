# A broken lock, and one of another schema.
echo 1 >in
dvc stage add -q -n a -d in -o out 'cp in out'
dvc repro -q
printf '<<<<<<< HEAD\nschema\n' >dvc.lock
dvc repro
dvc status
printf "schema: '1.0'\nstages: {}\n" >dvc.lock
dvc repro
rm dvc.lock
printf "schema: '2.0'\n" >dvc.lock
dvc repro
