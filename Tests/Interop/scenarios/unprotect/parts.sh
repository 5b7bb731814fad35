# Parts of directories, data of the user's own, and nothing outside.
dvc config cache.type hardlink
mkdir -p d/sub
echo a >d/a
echo b >d/sub/b
echo own >own
dvc add -q d
dvc unprotect d/sub
snapshot part
dvc unprotect d/a own
chmod 444 own
dvc unprotect own
