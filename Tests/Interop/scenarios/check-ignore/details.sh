# Which paths are ignored and by which pattern.
# compare: stdout
cat >.dvcignore <<'END'
# comment
*.log
!keep.log
tmp/
/top
END
mkdir -p data/tmp tmp
dvc check-ignore a.log
dvc check-ignore a.txt
dvc check-ignore a.log keep.log tmp data/tmp top data/top tmp/x
dvc check-ignore -d a.log keep.log tmp/x top
dvc check-ignore -d -n a.log a.txt
dvc check-ignore -n a.txt
dvc check-ignore -d -a a.log keep.log
dvc check-ignore -q a.log
dvc check-ignore data
printf 'a.log\nb.txt\n' | dvc check-ignore --stdin
printf 'a.log\nb.txt\n' | dvc check-ignore -d -n --stdin
dvc check-ignore .dvc/config .git/x
dvc check-ignore
