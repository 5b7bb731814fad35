# Combinations of flags, levels without a file, and values of other kinds.
# compare: stdout
dvc config
dvc config -l
dvc config -l core.remote
dvc config --show-origin core.remote x
dvc config --local core.remote
dvc config --global -l
dvc config --local core.autostage true
dvc config --show-origin core.autostage
dvc config --project core.autostage
dvc config --global --local core.remote
dvc config db.d.url x
dvc config db.d.url
dvc config exp.git_remote up
dvc config -u exp.git_remote
dvc config -u --local core.nosuch
dvc config a.b.c
dvc config cache.dir ../cache
dvc config cache.dir
