# Changes against the last commit.
# compare: stdout-sorted
echo foo >foo
echo gone >gone
mkdir d && echo x >d/x && echo y >d/y
dvc data status
dvc add -q foo gone d
dvc data status --json
commit
echo new >new
echo foo2 >foo
rm d/x
echo w >d/w
dvc add -q new foo d
dvc remove gone.dvc
dvc data status
dvc data status --json
dvc data status --granular --json
mv d/y d/renamed
dvc add -q d
dvc data status --granular --json
