# Paths are relative to the folder where the command runs, stored relative to the config.
# compare: stdout
mkdir -p sub
cd sub
dvc remote add rel store
dvc remote add up ../../store
dvc remote add home '~/store'
dvc remote list
cd ..
dvc remote modify rel url other/place
dvc remote list
dvc config remote.rel.url
dvc config remote.rel.url direct
dvc config -l
