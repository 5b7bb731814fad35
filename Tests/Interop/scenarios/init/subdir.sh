# A project in a folder of a repository.
# setup: git
mkdir -p a/b
cd a/b
dvc init
dvc init --subdir
dvc root
cd ..
dvc root
