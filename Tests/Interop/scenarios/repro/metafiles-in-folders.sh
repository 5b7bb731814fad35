# Several dvc.yaml files; -R, -P and forms of targets.
# compare: stdout
mkdir -p x/y z
echo 1 >in
put() {
    printf 'stages:\n  st:\n    cmd: echo %s >out\n    deps: [%s]\n    outs: [out]\n' "$1" "$2" >"$1/dvc.yaml"
}
put . in
put x ../in
put x/y ../../in
put z ../x/out
dvc repro
dvc repro -P --dry
dvc repro x/dvc.yaml
dvc repro ./dvc.yaml:st
dvc repro z/dvc.yaml:st
dvc repro z/out
dvc repro -R x
cd x
dvc repro --dry -f
dvc repro --dry -f y/dvc.yaml
dvc repro --dry -f ../dvc.yaml:st
dvc repro nosuch
dvc repro dvc.yaml:nosuch
dvc repro nosuch/dvc.yaml
