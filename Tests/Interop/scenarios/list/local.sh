# Listing the project itself in all forms.
# compare: stdout
echo foo >foo
mkdir -p d/sub src && echo x >d/x && echo yy >d/sub/y && echo code >src/code.py
chmod +x src/code.py
dvc add -q foo d
dvc stage add -q -n a -d foo -o out 'cp foo out'
dvc repro -q
commit
dvc ls .
dvc list . d
dvc ls . d/sub/y
dvc ls . -R
dvc ls . -R --dvc-only
dvc ls . --dvc-only
dvc ls . d --size -R
dvc ls . --show-hash
dvc ls . --size --show-hash -R
dvc ls . --json
dvc ls . -R --json
dvc ls . -T
dvc ls . -T -L 1
dvc ls . -R -L 1
dvc ls . nosuch
dvc ls . --rev HEAD
