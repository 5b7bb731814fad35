# What is declared as metrics must be text, by a guess at its first bytes.
dvc stage add -n zero -m zero.json "printf 'a\\000b' > zero.json"
dvc stage add -n letters -m letters.json "printf '\\303\\274n\\303\\257code\\n' > letters.json"
dvc stage add -n few -M few.json "printf '{\"name\": \"\\303\\274n\\303\\257code with a longer text\"}\\n' > few.json"
dvc stage add -n folder -M folder "mkdir folder; printf 'a\\000b' > folder/x"
dvc stage add -n empty -m empty.json ": > empty.json"
dvc repro zero
dvc repro letters
dvc repro few folder
dvc repro empty
dvc metrics show --json few.json
sh -c "printf 'a\\000b' > zero.json"
dvc commit -f zero
