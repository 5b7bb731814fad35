# What commands print goes through.
# compare: stdout
dvc stage add -q -n a -O out 'echo to stdout; echo to stderr >&2; echo x >out'
dvc repro
dvc repro -q -f
