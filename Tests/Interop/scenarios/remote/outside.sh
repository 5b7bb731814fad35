# Outside of a project only the global and system levels have remotes.
# setup: empty
# compare: stdout
dvc remote add r /tmp/r
dvc remote add --global g store
dvc remote add --system -d s s3://b/p
dvc remote list
dvc remote default
dvc remote modify --global g jobs 2
dvc remote modify g jobs 2
dvc remote list --global
dvc remote default
