# Values that keep their type: cache, persist, wdir, paths, params.
# compare: stdout
printf 'flags: {c: false, p: true}\ndir: w\nfile: p2.yaml\n' >params.yaml
echo 'q: 1' >p2.yaml
mkdir w
cp p2.yaml w/
cat >dvc.yaml <<'END'
stages:
  a:
    wdir: ${dir}
    cmd: echo x >out
    params:
    - ${file}:
      - q
    outs:
    - out:
        cache: ${flags.c}
        persist: ${flags.p}
    always_changed: ${flags.c}
END
dvc repro
dvc status --json
