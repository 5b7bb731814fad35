# Files in folders: the ignore entry and the metafile sit beside the file.
mkdir -p a/b
echo x >a/b/x
echo y >a/y
dvc add a/b/x a/y
cd a/b
echo z >z
dvc add z ../../a/y
cd ..
echo w >b/w
dvc --cd b add w
