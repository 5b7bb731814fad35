# Ignore entries when the folder does not exist, and for metrics.
dvc stage add -n a -o not/there/out -m m.json -M n.json 'mkdir -p not/there; echo x >not/there/out; echo "{}" >m.json; echo "{}" >n.json'
snapshot added
dvc repro
