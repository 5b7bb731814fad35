# Every flag of stage add and how it is written.
echo 1 >in
mkdir -p w
printf 'lr: 0.1\ntrain:\n  layers: 3\n  size: 4\nbig: 1\n' >params.yaml
printf '{"k": {"x": 1}}' >p.json
dvc stage add -n prep -d in -p big,train.layers -p p.json:k.x -o prep.txt 'cp in prep.txt'
dvc stage add -n outs -d in -o b -o a -O c --outs-persist d --outs-persist-no-cache e 'touch a b c d e'
dvc stage add -n metrics -m m1.json -M m2.json --plots p1.csv --plots-no-cache p2.csv --desc 'makes metrics' 'echo hi'
dvc stage add -n there -w w -d ../in -o out 'cp ../in out'
dvc stage add -n always --always-changed 'date'
dvc stage add -n whole -p params.yaml: -p p.json: 'echo whole'
dvc stage add -n words -d in -o words.txt cp in words.txt
dvc stage list
