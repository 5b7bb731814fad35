# Remotes in each level.
# compare: stdout
dvc remote add --system s "$ROOT/s"
dvc remote add --global g "$ROOT/g"
dvc remote add p "$ROOT/p"
dvc remote add --local l "$ROOT/l"
dvc remote add --global -d gg "$ROOT/gg"
dvc remote list
dvc remote list --global
dvc remote list --local
dvc remote list --project
dvc remote default
dvc remote default --local p
dvc remote default
dvc remote default --global
dvc remote remove --global g
dvc remote remove p
dvc remote list
