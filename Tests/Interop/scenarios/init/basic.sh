# A project starts in a Git repository; its files are staged.
# setup: git
dvc init
snapshot init
dvc init
dvc init -q -f
