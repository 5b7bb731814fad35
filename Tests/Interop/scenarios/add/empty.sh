# An empty directory and an empty file.
mkdir d
: >f
dvc add d f
commit
rm -r d f
dvc checkout
