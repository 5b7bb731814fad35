# dvc.yaml that Git or DVC ignores; outputs that DVC ignores; broken neighbours.
mkdir sub skipped
echo dvc.yaml >sub/.gitignore
printf 'skipped/\n*.log\n' >.dvcignore
cd sub
dvc stage add -n a 'x'
cd ../skipped
dvc stage add -n a -o o 'x'
cd ..
dvc stage add -n a -o x.log 'x'
dvc stage add -n a -d x.log -O skipped/o 'x'
dvc stage add -n b 'x'
mkdir other
printf 'stages: [\n' >other/dvc.yaml
dvc stage add -n c 'x'
rm other/dvc.yaml
printf 'outs:\n- path: held\n' >held.dvc
dvc stage add -n d -o held/inside 'x'
dvc stage add -n d -d held/inside 'x'
mkdir held
cd held
dvc stage add -n e 'x'
