# Some hundred files, many of the same content.
i=0
while [ $i -lt 300 ]; do
    mkdir -p data/$((i % 7))
    echo $((i % 50)) >data/$((i % 7))/$i
    i=$((i + 1))
done
dvc add data
dvc status -q
