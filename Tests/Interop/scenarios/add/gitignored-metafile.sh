# A metafile that Git would ignore is refused.
echo '*.dvc' >.gitignore
echo a >a
dvc add a
