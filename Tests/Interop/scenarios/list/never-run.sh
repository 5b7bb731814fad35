# Outputs that were never made are listed, with the size 0.
dvc stage add -n train -d data.txt -o model.bin -m folder/metrics.json -O kept.txt 'exit 3'
dvc list --json .
dvc list --json -R .
# compare: stdout
dvc list --size .
dvc list -R --size --show-hash .
