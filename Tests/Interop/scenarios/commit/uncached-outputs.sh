# Saving a run keeps outputs that are not cached as well, so that it can be restored.
dvc stage add -n train -d data.txt -O kept.txt -o model.bin 'cp data.txt kept.txt; echo model > model.bin'
printf 'data\n' > data.txt
dvc repro --no-commit
snapshot before
dvc commit -f
snapshot after
rm kept.txt dvc.lock
dvc repro
cat kept.txt
