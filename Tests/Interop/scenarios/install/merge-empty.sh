# Sides of the merge driver that are empty.
mkdir d && echo a >d/a
dvc add -q d
cp d.dvc one
: >none
: >empty
dvc git-hook merge-driver --ancestor none --our empty --their one
cp one ours
dvc git-hook merge-driver --ancestor none --our ours --their none
mkdir -p e && rm d/a && echo x >d/b
dvc add -q d
cp d.dvc two
cp one both
dvc git-hook merge-driver --ancestor none --our both --their two
