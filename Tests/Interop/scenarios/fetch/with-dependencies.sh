# -d and -R.
dvc remote add -q -d r "$ROOT/remote"
mkdir sub
echo 1 >in
echo 2 >sub/two
dvc add -q in sub/two
dvc stage add -q -n a -d in -o out 'cp in out; echo a >>out'
dvc stage add -q -n b -d out -o last 'cp out last; echo b >>last'
dvc repro -q
dvc push -q
rm -rf .dvc/cache
dvc fetch b
snapshot one
dvc fetch -d b
snapshot dependencies
dvc fetch -R sub
