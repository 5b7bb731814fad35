# Patterns of folders, and from inside a folder.
# compare: stdout
mkdir -p a/b c
printf '*.x\n' >.dvcignore
printf '!keep.x\n/only\nsub/*.y\n' >a/.dvcignore
printf '**/deep\n' >a/b/.dvcignore
dvc check-ignore -d a/f.x a/keep.x a/only a/b/only a/sub/z.y a/b/sub/z.y a/b/q/deep c/deep
cd a
dvc check-ignore -d f.x only b/q/deep ../c/f.x
