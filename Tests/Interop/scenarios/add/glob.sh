# --glob expands patterns, also recursive ones.
mkdir -p a/b
echo 1 >a/x.csv
echo 2 >a/b/y.csv
echo 3 >z.csv
echo 4 >z.txt
dvc add --glob '*.csv'
snapshot flat
dvc add --glob 'a/**/*.csv'
dvc add --glob 'nosuch*'
