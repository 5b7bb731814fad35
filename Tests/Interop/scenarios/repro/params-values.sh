# Changes by value: 1, 1.0 and true are the same; others are not.
# compare: stdout
echo 1 >in
echo 'lr: 1' >params.yaml
dvc stage add -q -n a -d in -p lr -o out 'cp in out; echo run >>log'
dvc repro -q
for value in 1.0 true 1.1 '"1.1"' '[1, 2]' '[1.0, 2]' '{a: 1}' '{a: true}' null '' yes no 1e3 1000.0 0x10 16; do
    echo "lr: $value" >params.yaml
    dvc status
    dvc repro -q
done
