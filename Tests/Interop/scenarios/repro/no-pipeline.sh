# No dvc.yaml.
dvc repro
dvc repro -P
dvc repro -R .
dvc repro --dry
