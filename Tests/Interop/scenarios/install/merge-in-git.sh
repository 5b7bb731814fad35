# A merge in Git calls the installed driver for a directory that gained files on both sides.
dvc install
# Git calls its temporary files differently each time.
git config merge.dvc.driver 'cp %O O; cp %A A; cp %B B; dvc git-hook merge-driver --ancestor O --our A --their B && cp A %A && rm O A B'
printf '*.dvc merge=dvc\n' >.gitattributes
mkdir d && echo a >d/a
dvc add -q d
commit base
git checkout -q -b side
echo b >d/b
dvc add -q d
commit side
git checkout -q main
echo c >d/c
dvc add -q d
commit main
git merge -q -m merged side
echo "merge: $?"
dvc checkout
