# A directory whose listing is nowhere to be had.
# compare: stdout-sorted
mkdir -p d/s/t
echo x >d/x
echo y >d/s/y
echo z >d/s/t/z
dvc add -q d
commit
rm -rf .dvc/cache
dvc data status --json
dvc data status --granular --json
dvc data status --unchanged
echo n >d/s/n
dvc data status --granular --json
dvc diff --json
dvc add -q d
dvc data status --granular --json
dvc data status --granular --json d/s
commit two
# DVC would remember listings it has seen.
rm -rf .dvc/cache "$DVC_SITE_CACHE_DIR"
dvc diff HEAD~1 HEAD --json
rm -rf d
echo file >d
dvc data status --json
dvc data status --granular --json
dvc diff --json
