# unprotect turns links into writable copies.
dvc config cache.type hardlink,symlink
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
dvc unprotect foo
snapshot file
dvc unprotect d
dvc config cache.type symlink
dvc checkout --relink -q
snapshot symlinks
dvc unprotect foo d
dvc unprotect nosuch
