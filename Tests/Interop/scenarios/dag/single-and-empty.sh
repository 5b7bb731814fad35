# One node, no node, chains.
# compare: stdout
dvc dag
dvc dag --dot
dvc dag --mermaid
dvc dag --md
echo 1 >in
dvc add -q in
dvc dag
dvc dag --mermaid
dvc stage add -q -n a -d in -o A x
dvc dag
dvc stage add -q -n b -d A -o B x
dvc dag
