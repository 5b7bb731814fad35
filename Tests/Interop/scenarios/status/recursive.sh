# Status of a folder.
# compare: stdout
mkdir -p sub/deep
echo 1 >sub/one
echo 2 >sub/deep/two
echo 3 >three
dvc add -q sub/one sub/deep/two three
echo 1b >sub/one
echo 2b >sub/deep/two
echo 3b >three
dvc status -R sub
dvc status -R sub/deep
cd sub
dvc status
dvc status one.dvc
