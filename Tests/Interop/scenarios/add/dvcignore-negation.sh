# Re-included files and comments in patterns.
cat >.dvcignore <<'END'
# comment
*.log
!keep.log
tmp/
**/cache
data/*.bin
\#odd

END
mkdir -p data/tmp data/x/cache
for f in a.log keep.log a.bin x/b.bin tmp/t x/cache/c '#odd' plain; do echo "$f" >"data/$f"; done
dvc add data
