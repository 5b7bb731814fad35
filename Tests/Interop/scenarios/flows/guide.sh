# The way of a team: data, pipeline, remote, a clean clone, a change and its report.
# compare: stdout
mkdir -p data/raw src
echo 'raw 1' >data/raw/one
echo 'raw 2' >data/raw/two
printf 'prepare:\n  seed: 77\ntrain:\n  seed: 77\n  lr: 0.0001\n  epochs: 5\n' >params.yaml
cat >src/prepare.sh <<'END'
mkdir -p "$2" && for file in "$1"/*; do tr a-z A-Z <"$file" >"$2/$(basename "$file")"; done
END
cat >src/train.sh <<'END'
mkdir -p "$2" && { cat "$1"/*; grep lr params.yaml; } >"$2/model"
END
cat >src/evaluate.sh <<'END'
mkdir -p evaluation/plots
printf '{"val_loss": 0.%s, "val_acc": 0.9}\n' "$(grep -c . "$1/model")" >evaluation/metrics.json
cat "$1/model" >evaluation/plots/history.png
END
dvc add data/raw
dvc config core.autostage true
dvc config core.analytics false
git add -A
dvc stage add -n prepare -p prepare -d src/prepare.sh -d data/raw -o data/prepared sh src/prepare.sh data/raw data/prepared
dvc stage add -n train -p train -d src/train.sh -d data/prepared -o model sh src/train.sh data/prepared model
dvc stage add -n evaluate -d src/evaluate.sh -d model --metrics evaluation/metrics.json --plots evaluation/plots/history.png sh src/evaluate.sh model
dvc dag
dvc repro
snapshot run
dvc remote add -d data "$ROOT/remote"
dvc push
commit run
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
dvc repro --pull
dvc pull
git checkout -q -b change
sed -i 's/0.0001/0.001/' params.yaml
dvc repro
# compare: stdout-sorted
dvc params diff main
dvc params diff main --md
dvc metrics diff main --md
dvc diff main --json
# compare: no-stdout
dvc plots diff main
rm -r dvc_plots/index.html
commit change
# compare: stdout
dvc push
dvc status
dvc status -c
