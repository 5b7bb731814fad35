# Outside a project every command answers 253.
# setup: empty
dvc add foo
dvc status
dvc repro
dvc push
dvc dag
dvc params diff
dvc metrics show
dvc remote list
dvc stage list
dvc checkout
