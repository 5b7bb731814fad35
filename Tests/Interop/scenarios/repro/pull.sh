# --pull fetches what is missing; the CI flow of a clone.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo 1 >in
dvc add -q in
dvc stage add -q -n a -d in -o out 'cp in out; echo a >>out'
dvc stage add -q -n b -d out -M m.json 'echo "{\"v\": 1}" >m.json'
dvc repro -q
commit
dvc push -q
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
dvc repro
dvc repro --pull
snapshot pulled
dvc repro
echo 2 >in
dvc repro --pull
