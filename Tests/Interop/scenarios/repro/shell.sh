# The shell is $SHELL, or /bin/sh without it.
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: echo "${BASH_VERSION:+bash}" >out
    outs: [out]
END
sed -i 's/\${BASH/\\${BASH/' dvc.yaml
dvc repro
snapshot bash
SHELL=/bin/sh dvc repro -f
unset SHELL
dvc repro -f
