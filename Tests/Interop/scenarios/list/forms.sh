# Levels, trees and what is not in the workspace or not tracked.
# compare: stdout
echo foo >foo
mkdir -p d/sub/deep src/lib && echo x >d/x && echo yy >d/sub/y && echo z >d/sub/deep/z && echo code >src/lib/code
dvc add -q foo d
commit
echo new >new
echo ignored >ignored && echo /ignored >.git/info/exclude
rm -rf foo d
dvc ls .
dvc ls . -R
dvc ls . -R -L 2
dvc ls . -R -L 0
dvc ls . -T
dvc ls . -T -L 2 --dvc-only
dvc ls . d -T --size
dvc ls . d/sub -T --show-hash
dvc ls . -T -L 0
dvc ls . foo -T
dvc ls . foo --json
dvc ls . src -R
dvc ls . src --dvc-only
dvc ls . -T --json
dvc ls . d -R -L 1
dvc ls . d/nosuch
dvc ls src
cd src
dvc ls ../nowhere
