# The folder to initialise may be given.
# setup: git
mkdir -p sub
dvc init --subdir sub
dvc init --no-scm other
