# A project folder that Git ignores is refused.
# setup: git
echo .dvc >.gitignore
dvc init
