# Relinking after the link type changed.
echo foo >foo
mkdir d && echo x >d/x
dvc add -q foo d
for type in hardlink symlink copy; do
    dvc config cache.type $type
    dvc checkout
    snapshot "$type-not-relinked"
    dvc checkout --relink
    snapshot "$type-relinked"
done
