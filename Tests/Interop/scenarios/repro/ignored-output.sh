# A stage with an output that .dvcignore leaves out is a fault of its file, for every command.
dvc stage add -n train -d data.txt -o model.bin 'cp data.txt model.bin'
printf 'data\n' > data.txt
dvc repro -q
printf 'x\n' > other.bin
dvc add -q other.bin
printf '*.bin\n' > .dvcignore
for command in status repro dag "stage list" commit push pull fetch checkout "data status" "gc -w -f" "freeze train" diff \
    "params diff" "metrics show" "remove train" "list ." "unprotect model.bin" "add data.txt"; do
    dvc $command
done
printf 'model.bin/\nother.bin/\n' > .dvcignore
dvc status --json
