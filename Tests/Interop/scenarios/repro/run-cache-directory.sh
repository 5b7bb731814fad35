# Directory outputs and dependencies in the run cache.
mkdir d && echo x >d/x
dvc add -q d
dvc stage add -q -n a -d d -o o 'mkdir o; cp d/x o/y'
dvc repro
rm -r o dvc.lock
dvc repro
