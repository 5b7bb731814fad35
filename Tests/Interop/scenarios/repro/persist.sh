# Outputs go before the run unless they persist.
echo 1 >in
dvc stage add -q -n a -d in -o out 'echo a >>out'
dvc stage add -q -n b -d in --outs-persist kept 'echo b >>kept'
dvc stage add -q -n c -d in -O plain 'echo c >>plain'
dvc config cache.type hardlink
dvc repro
echo 2 >in
dvc repro
echo 3 >in
dvc repro
