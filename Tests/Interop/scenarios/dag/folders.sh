# Several files and folders; names are shown relative to the current one.
# compare: stdout
mkdir -p sub
echo 1 >sub/in
dvc add -q sub/in
printf 'stages:\n  s: {cmd: x, deps: [in], outs: [o]}\n' >sub/dvc.yaml
printf 'stages:\n  t: {cmd: x, deps: [sub/o], outs: [o]}\n' >dvc.yaml
dvc dag
cd sub
dvc dag --mermaid
# The order of files is that of the directory on disk in the original.
# compare: stdout-sorted
cd ..
dvc dag --dot
cd sub
dvc dag s --dot
dvc dag --outs --dot
