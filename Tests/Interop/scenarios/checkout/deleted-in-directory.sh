# Files missing in a directory are restored without asking.
mkdir d && echo x >d/x && echo y >d/y
dvc add -q d
rm d/x
dvc checkout
