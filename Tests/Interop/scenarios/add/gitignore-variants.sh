# Entries are appended, not repeated, not written when already ignored.
printf 'other' >.gitignore
echo a >a
dvc add a
snapshot appended
echo '*.bin' >>.gitignore
echo b >b.bin
dvc add b.bin
echo c >c
echo '/c' >>.gitignore
dvc add c
