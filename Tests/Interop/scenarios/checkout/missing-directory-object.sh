# The manifest or a file of a directory is missing in the cache.
# compare: stdout
mkdir d e && echo x >d/x && echo y >d/y && echo x >e/z && echo z >e/zz
dvc add -q d e
rm -rf d e
rm -f .dvc/cache/files/md5/00/9*
rm -f .dvc/cache/files/md5/*/*.dir
dvc checkout d
dvc checkout e
