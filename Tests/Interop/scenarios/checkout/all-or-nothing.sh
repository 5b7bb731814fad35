# One file that would be lost keeps every output as it is.
# compare: stdout
echo a >a
mkdir d && echo x >d/x
echo z >z
dvc add -q a d z
rm -r a d
echo mine >z
dvc checkout
snapshot refused
dvc checkout a z.dvc
dvc checkout -f
