# A stage that never ran has nothing to pull: it must run, and cannot without its dependency.
dvc remote add -d store ../store
dvc stage add -n eval -d a.txt --outs-persist made.txt 'cp a.txt made.txt'
dvc repro --pull
dvc repro --pull -P
dvc repro --allow-missing
printf 'a\n' > a.txt
dvc repro --pull
