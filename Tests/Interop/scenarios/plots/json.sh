# Data of CSV, JSON and image plots against HEAD.
# compare: json
printf 'step,loss\n0,1.0\n1,0.5\n' >p.csv
printf '{"roc": [{"x": 0, "y": 1}, {"x": 1, "y": 2}]}' >r.json
printf 'not really an image' >image.png
cat >dvc.yaml <<'END'
plots:
- p.csv:
    x: step
    y: loss
    title: Loss
- r.json:
    template: scatter
    x: x
    y: y
- image.png
END
dvc plots show --json --out "$ROOT/shown"
commit
printf 'step,loss\n0,0.9\n1,0.4\n' >p.csv
dvc plots diff --json --out "$ROOT/diffed"
dvc plots diff --json --split HEAD --out "$ROOT/split"
rm -r "$ROOT/shown" "$ROOT/diffed" "$ROOT/split"
# compare: stdout
dvc plots templates
