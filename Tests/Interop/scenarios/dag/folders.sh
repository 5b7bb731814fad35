# Several files and folders; names are shown relative to the current one.
# compare: stdout
mkdir -p sub
echo 1 >sub/in
dvc add -q sub/in
printf 'stages:\n  s: {cmd: x, deps: [in], outs: [o]}\n' >sub/dvc.yaml
printf 'stages:\n  t: {cmd: x, deps: [sub/o], outs: [o]}\n' >dvc.yaml
dvc dag
dvc dag --dot
cd sub
dvc dag --mermaid
dvc dag s --dot
dvc dag --outs --dot
