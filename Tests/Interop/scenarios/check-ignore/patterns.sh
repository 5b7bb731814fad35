# Classes, question marks, escapes, double stars, spaces.
# compare: stdout
printf '%s\n' 'f[0-9].txt' 'q?' 'a/**/z' '**/any' 'dir/**' '\!lit' 'trail   ' '[!a]b' '*.{c,d}' 'x/' '/root/*' >.dvcignore
mkdir -p x dir
dvc check-ignore -d f1.txt fa.txt q1 q a/z a/1/2/z b/any any dir dir/y '!lit' trail bb ab k.c 'k.{c,d}' x y/x root/a root/a/b
