# Templates in top-level sections.
# compare: stdout
printf 'm: metrics\nfile: x.csv\n' >params.yaml
cat >dvc.yaml <<'END'
metrics: ["${m}.json"]
params: ["${m}.yaml"]
plots:
- ${file}:
    x: step
artifacts:
  model:
    path: ${m}.pkl
END
echo '{"v": 1}' >metrics.json
echo 'own: 3' >metrics.yaml
dvc metrics show
dvc metrics show --json
commit
echo 'own: 4' >metrics.yaml
echo '{"v": 2}' >metrics.json
dvc params diff --json
dvc metrics diff --json
