# Targets of all forms; one that is missing stops the rest.
mkdir sub
cat >dvc.yaml <<'END'
vars:
- names: [x, y]
stages:
  each:
    foreach: ${names}
    do:
      cmd: echo ${item} >${item}
      outs:
      - ${item}
  plain:
    cmd: echo p >p
    outs:
    - p:
        persist: true
    - q:
        cache: false
  last:
    cmd: echo l >l
    outs:
    - l
END
cat >sub/dvc.yaml <<'END'
stages:
  one:
    cmd: echo 1 >1
    outs:
    - 1
  two:
    cmd: echo 2 >2
    outs:
    - 2
END
echo p >p; echo q >q; echo l >l; echo 1 >sub/1; echo 2 >sub/2; echo x >x; echo y >y
dvc commit -f
commit
dvc remove each
dvc remove sub/dvc.yaml:one
snapshot one
dvc remove plain nosuch last
snapshot stopped
dvc remove --outs dvc.yaml:last
dvc remove sub/dvc.yaml
dvc remove sub/dvc.yaml
