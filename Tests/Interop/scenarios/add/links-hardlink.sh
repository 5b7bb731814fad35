# Hard links: the workspace file is read-only and shares the object.
dvc config cache.type hardlink
echo foo >foo
mkdir d && echo x >d/x && cp d/x d/y
dvc add foo d
dvc status
