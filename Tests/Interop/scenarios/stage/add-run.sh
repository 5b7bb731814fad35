# --run runs at once; --force replaces.
# compare: stdout
echo 1 >in
dvc stage add --run -n a -d in -o out 'cp in out'
dvc stage add --run -n b 'exit 3'
dvc stage add --run -f -n a -d in -o out 'cat in in >out'
