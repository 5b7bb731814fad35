# Files that serve as variables: what expressions name counts.
# compare: stdout-sorted
mkdir sub
cat >sub/dvc.yaml <<'X'
vars: [other.yaml, {inline: {z: 1}}]
stages:
  a:
    cmd: echo ${x} ${inline.z}
  b:
    cmd: echo ${train} ${train.deep.e}
  c:
    cmd: echo ${l} ${l2[1]}
    vars: [fourth.yaml]
  many:
    foreach: ${l2}
    do:
      cmd: echo ${item} ${y}
X
printf 'x: 1\ny: 1\nunused: 1\n' >sub/params.yaml
printf 'train: {lr: 0.1, deep: {e: 2}}\nl2: [1, 2]\n' >sub/other.yaml
printf 'l: 5\n' >sub/fourth.yaml
commit
printf 'x: 2\ny: 2\nunused: 2\n' >sub/params.yaml
printf 'train: {lr: 0.2, deep: {e: 3}}\nl2: [1, 3]\n' >sub/other.yaml
printf 'l: 6\n' >sub/fourth.yaml
dvc params diff
dvc params diff --json
dvc params diff --deps --json
cd sub
dvc params diff --all --json
dvc params diff --targets sub/other.yaml --json
