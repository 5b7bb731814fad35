# Dependencies changed, deleted, and in the other order.
# compare: stdout
echo 1 >x
echo 2 >y
mkdir d && echo 3 >d/z
dvc stage add -q -n a -d x -d y -d d -o out 'cat x y d/z >out'
dvc repro -q
echo 4 >d/new
dvc repro
sed -i '/^    - [xyd]$/d; s/^    deps:$/    deps:\n    - y\n    - d\n    - x/' dvc.yaml
dvc status
dvc repro
rm y
dvc status
dvc repro
