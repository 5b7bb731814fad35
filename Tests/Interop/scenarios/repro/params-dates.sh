# Dates and times in params are refused.
echo 1 >in
for value in 2020-01-01 2020-01-01T10:00:00Z '[2020-01-01]' '{a: 2020-01-01}'; do
    echo "lr: $value" >params.yaml
    dvc stage add -q -f -n a -d in -p lr -o out 'cp in out'
    dvc repro
    dvc status
    # compare: stdout
    dvc params diff
done
