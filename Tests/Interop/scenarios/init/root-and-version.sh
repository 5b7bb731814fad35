# The root as seen from folders, and outside a project.
# compare: stdout
mkdir -p a/b
dvc root
cd a/b
dvc root
dvc --cd .. root
cd "$ROOT/home"
dvc root
