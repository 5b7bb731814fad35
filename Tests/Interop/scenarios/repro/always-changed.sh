# always_changed and stages without dependencies run each time.
# compare: stdout
dvc stage add -q -n always --always-changed -o A 'echo a >A; echo always >>log'
dvc stage add -q -n callback -o B 'echo b >B; echo callback >>log'
dvc stage add -q -n after -d B -o C 'cp B C; echo after >>log'
dvc stage add -q -n bare 'echo bare >>log'
dvc repro
dvc repro
