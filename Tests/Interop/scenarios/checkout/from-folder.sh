# Paths are those seen from the current folder; --summary counts files.
# compare: stdout
mkdir -p sub/deep other
echo 1 >sub/one
echo 2 >sub/deep/two
mkdir other/d && echo x >other/d/x && echo y >other/d/y
dvc add -q sub/one sub/deep/two other/d
rm -r sub/one sub/deep/two other/d
cd sub
dvc checkout one
dvc checkout
rm one deep/two ../other/d/x
dvc checkout --summary
dvc checkout --summary
dvc checkout --relink
