# A run cache without an entry, or none at all, is pushed and pulled like any other.
dvc remote add -d store ../store
printf 'one\n' > a.txt
dvc add a.txt
dvc push --run-cache
dvc push --run-cache
rm -rf .dvc/cache
dvc fetch --run-cache
dvc pull --run-cache
