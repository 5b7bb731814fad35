# Params in YAML, JSON, TOML and Python, whole files and dotted keys.
# compare: no-stdout
echo 'a: {b: {c: 1, d: [1, 2]}, e: x}' >params.yaml
echo '{"k": {"x": 1.50, "y": null}, "l": [1, {"m": true}]}' >p.json
printf 'top = 1\n[s]\nf = 1.0\nt = "text"\nd = 2020-01-02\narr = [1, 2]\n[s.deep]\nx = true\n' >p.toml
cat >p.py <<'END'
import os
A = 1
B: float = -1e-4
C = [1, (2, 3)]
D = {"k": "v"}
E = os.environ
class Config:
    lr = 0.1
    def __init__(self):
        self.layers = 5
        self.name = "n"
END
cat >dvc.yaml <<'END'
stages:
  a:
    cmd: echo x >out
    params:
    - a.b.c
    - a.b
    - a.e
    - p.json:
      - k.x
      - k.y
      - l
    - p.toml:
      - top
      - s.f
      - s.deep
      - s.arr
    - p.py:
      - A
      - B
      - C
      - D
      - Config.lr
      - Config
    outs:
    - out
  whole:
    cmd: echo y >out2
    params:
    - params.yaml:
    - p.json:
    - p.py:
    outs:
    - out2
END
dvc repro
dvc status
sed -i 's/lr = 0.1/lr = 0.2/' p.py
# compare: json
dvc status --json
