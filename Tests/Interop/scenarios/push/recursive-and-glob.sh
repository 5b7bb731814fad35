# -R and --glob.
dvc remote add -q -d r "$ROOT/remote"
mkdir -p sub/deep
echo 1 >sub/one
echo 2 >sub/deep/two
echo 3 >three
echo 4 >four
dvc add -q sub/one sub/deep/two three four
dvc push -R sub
snapshot recursive
dvc push --glob 't*'
snapshot glob
rm -rf .dvc/cache sub/one sub/deep/two three four
dvc pull -R sub
dvc pull --glob 't*.dvc'
