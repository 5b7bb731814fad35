# Without Git there is nothing to install.
# setup: no-scm
dvc install
