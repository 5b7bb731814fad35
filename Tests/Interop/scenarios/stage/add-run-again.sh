# --run uses the run cache; after a failure the ignore entries are gone.
# compare: stdout
echo 1 >in
dvc stage add -q --run -n a -d in -o out 'cp in out'
dvc stage add -q -f --run -n a -d in -o out 'cp in out'
rm out dvc.lock
dvc config core.autostage true
dvc stage add -f --run -n a -d in -o out 'cp in out'
dvc stage add --run -n fails -o fo 'echo before; exit 4'
dvc stage add --run -n forgets -o fo2 true
dvc stage add --run -n misses -d nosuch -o fo3 'cp nosuch fo3'
dvc stage add --run -n always --always-changed 'echo hi'
dvc stage add --run -f -n always --always-changed 'echo hi'
dvc stage add --run -n lines 'echo 1
echo 2'
dvc stage add --run -n uncached -O u -M m.json 'echo u >u; echo {} >m.json'
