# A project without Git, and refusal without --no-scm.
# setup: empty
dvc init
dvc init --no-scm
