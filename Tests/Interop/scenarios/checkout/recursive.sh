# -R takes a folder's outputs.
mkdir -p sub/deep
echo 1 >sub/one
echo 2 >sub/deep/two
echo 3 >three
dvc add -q sub/one sub/deep/two three
rm sub/one sub/deep/two three
dvc checkout -R sub
