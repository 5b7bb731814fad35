# Parts of directories, kinds, sizes and folders of targets.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
mkdir -p data/d/sub other/in
echo x >data/d/x
echo y >data/d/sub/y
echo z >data/d/sub/z
echo one >other/in/one
echo two >other/two
dvc add -q data/d other/in/one other/two
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: echo 1 >m.json; echo 2 >p.csv; echo 3 >out
    metrics:
    - m.json
    plots:
    - p.csv
    outs:
    - out
END
cat >dvc.lock <<'END'
schema: '2.0'
stages:
  a:
    cmd: echo 1 >m.json; echo 2 >p.csv; echo 3 >out
    outs:
    - path: m.json
      hash: md5
      md5: b026324c6904b2a9cb4b88d6d61c81d1
      size: 2
    - path: out
      hash: md5
      md5: 6d7fce9fee471194aa8b5b6e47267f03
      size: 2
    - path: p.csv
      hash: md5
      md5: 26ab0db90d72e28ad0ba1e22ee510510
      size: 2
END
echo 1 >m.json
echo 2 >p.csv
echo 3 >out
dvc commit -q -f a
dvc push -q
rm -rf .dvc/cache
dvc fetch data/d/sub
snapshot sub
dvc fetch data/d/x
dvc fetch data/d
dvc fetch --type plots
snapshot plots
dvc fetch --type metrics --type plots
dvc fetch -R other/in
dvc fetch -R other data
rm -rf .dvc/cache
dvc fetch --max-size 6
snapshot max-size
dvc fetch --max-size 3 a
dvc fetch data/d/nosuch
dvc fetch --type params
