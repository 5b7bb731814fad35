# Configuration of the pre-commit tool.
dvc install --use-pre-commit-tool
