# Not saved: no dependencies, always_changed, persist, plain uncached outputs, --no-commit.
echo 1 >in
dvc stage add -q -n nodeps -o o1 'echo 1 >o1'
dvc stage add -q -n always --always-changed -d in -o o2 'cp in o2'
dvc stage add -q -n persist -d in --outs-persist o3 'cp in o3'
dvc stage add -q -n uncached -d in -O o4 'cp in o4'
dvc stage add -q -n noouts -d in 'cat in'
dvc stage add -q -n nocommit -d in -o o5 'echo 5 >o5'
dvc repro nodeps always persist uncached noouts
dvc repro --no-commit nocommit
