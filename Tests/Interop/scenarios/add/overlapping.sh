# Outputs inside outputs are refused.
mkdir -p d/sub
echo x >d/sub/x
dvc add d/sub
dvc add d
dvc remove d/sub.dvc
dvc add d
dvc add d d/sub
