# Added, deleted, modified and renamed data.
# compare: stdout-sorted
echo foo >foo
echo gone >gone
echo moved >old
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y && echo z >d/z
dvc add -q foo gone old d
commit
dvc diff
dvc diff --json
dvc diff --md
echo foo2 >foo
echo X >d/x
rm d/z
echo n >d/sub/n
echo added >added
dvc remove gone.dvc
rm gone
dvc move old renamed
dvc add -q foo d added
dvc diff
dvc diff --json
dvc diff --json --show-hash
dvc diff --md
dvc diff --md --show-hash
dvc diff --show-hash
dvc diff --json --targets d
dvc diff --json --targets foo d/sub/n
dvc diff --targets nosuch
