# Plots of stages, modified properties.
# loose: repo/dvc.yaml
dvc stage add -q -n a --plots-no-cache p.csv 'printf "x,y\n0,1\n1,2\n" >p.csv'
dvc repro -q
dvc plots modify p.csv -x x -y y -t scatter --title 'A title'
snapshot modified
# compare: json
dvc plots show --json
dvc plots modify p.csv --unset title
dvc plots modify p.csv -t nosuch
dvc plots show --show-vega p.csv
