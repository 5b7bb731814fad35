# Each level has its file; the nearer one wins.
# compare: stdout
dvc config core.remote projectwide
dvc config --local core.remote local
dvc config --global core.remote global
dvc config --system core.remote system
dvc config core.remote
dvc config --project core.remote
dvc config --local core.remote
dvc config --global core.remote
dvc config --system core.remote
dvc config -l
dvc config -l --show-origin
dvc config --local -u core.remote
dvc config core.remote
dvc config core.remote --show-origin
