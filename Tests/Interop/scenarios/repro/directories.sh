# A directory as output and dependency, with a granular dependency.
# compare: stdout
mkdir src && echo a >src/a && echo b >src/b
dvc add -q src
dvc stage add -q -n split -d src -o parts 'mkdir parts; cp src/a parts/a; cp src/b parts/b'
dvc stage add -q -n one -d parts/a -o one 'cp parts/a one'
dvc repro
echo b2 >src/b
dvc repro
dvc status
