# Without Git there is nothing to ignore and nothing to tell.
# setup: no-scm
# compare: stdout
echo 1 >in
dvc stage add -n a -d in -o out 'cp in out'
dvc stage add -n b -o not/there 'x'
dvc freeze a
dvc stage list
