# Levels without a project: only the global and system ones work.
# setup: empty
# compare: stdout
dvc config --global core.analytics false
dvc config --global core.analytics
dvc config --system cache.type copy
dvc config core.analytics
dvc config core.analytics true
