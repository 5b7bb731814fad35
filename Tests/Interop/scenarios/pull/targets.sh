# Parts only: an output, a file in a directory, a stage.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
echo foo >foo
mkdir -p d/sub && echo x >d/x && echo y >d/sub/y
dvc add -q foo d
dvc stage add -q -n a -d foo -o out 'cp foo out; echo a >>out'
dvc repro -q
commit
dvc push -q
git clone -q . "$ROOT/clone"
cd "$ROOT/clone"
dvc pull d/sub
snapshot granular
dvc pull foo.dvc
dvc pull a
dvc fetch d
dvc pull d
dvc pull nosuch
