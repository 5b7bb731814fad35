# Exit codes, missing outputs and missing dependencies.
echo 1 >in
dvc stage add -q -n fail -d in -o A 'echo x >A; exit 3'
dvc repro
snapshot failed
dvc stage add -q -f -n fail -d in -o A 'echo no output'
dvc repro
dvc stage add -q -f -n fail -d nosuch -o A 'echo x >A'
dvc repro
dvc stage add -q -f -n fail -d in -o A 'nosuchcommand'
dvc repro
dvc stage add -q -f -n fail -d in -o A 'kill -9 $$'
dvc repro
dvc stage add -q -f -n fail -d in -M A 'echo not json >A'
dvc repro
