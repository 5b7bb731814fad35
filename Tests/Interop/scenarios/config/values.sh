# Values of several types, unset, unknown keys and wrong values.
# compare: stdout
dvc config core.autostage true
dvc config core.analytics false
dvc config cache.type hardlink,symlink
dvc config cache.type
dvc config core.checksum_jobs 4
dvc config CORE.Remote UPPER
dvc config core.remote
snapshot set
dvc config core.nosuch 1
dvc config core.checksum_jobs -1
dvc config nosuch.key
dvc config core
dvc config cache.dir
dvc config -u core.autostage
dvc config -u core.autostage
dvc config -u core.remote
dvc config -u core.analytics
dvc config -u core.checksum_jobs
dvc config -u cache.type
