# Uncommitted changes, in text and JSON.
# compare: stdout
echo foo >foo
echo bar >bar
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y && echo z >d/z
dvc add -q foo bar d
commit
dvc data status
echo changed >foo
rm bar
echo X >d/x
rm d/z
echo n >d/sub/n
echo u >untracked
# compare: stdout-sorted
dvc data status
dvc data status --json
dvc data status --granular
dvc data status --granular --json
dvc data status --unchanged --json
dvc data status --granular --unchanged --json
dvc data status --untracked-files --json
dvc data status --untracked-files=no --json
dvc data status --json d
dvc data status --granular --json foo d/sub
