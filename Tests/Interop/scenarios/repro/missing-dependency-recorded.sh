# What is missing is recorded by its name and the kind of hash.
dvc stage add -n report -d gone.txt -d there.txt -o out.txt -o other.txt --always-changed 'echo done > out.txt'
printf 'there\n' > there.txt
dvc repro -f -s --allow-missing
dvc status --json
dvc repro
printf 'here\n' > gone.txt
dvc repro --allow-missing
