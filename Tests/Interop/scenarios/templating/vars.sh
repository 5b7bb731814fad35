# Values from params.yaml, other files, inline vars and stage vars.
# compare: stdout
printf 'name: base\nmodel:\n  lr: 1e-4\n  layers: [1, 2]\n  on: true\n  none: null\n  one: 1.0\n' >params.yaml
printf 'extra: 5\nother: 6\n' >extra.yaml
printf '{"j": {"k": "v"}}' >more.json
mkdir w
printf 'inw: 7\n' >w/params.yaml
cat >dvc.yaml <<'END'
vars:
- extra.yaml:extra
- more.json
- inline: text
  deep:
    x: 1
- deep:
    y: 2
stages:
  a:
    cmd: echo ${name} ${model.lr} ${model.layers[0]} ${model.on} ${model.none} ${model.one} ${extra} ${j.k} ${inline} ${deep.x}${deep.y} >a
    outs:
    - a
  b:
    vars:
    - own: 1
    cmd: echo ${own} \${HOME} >${inline}.txt
    outs:
    - ${inline}.txt:
        cache: ${model.on}
    desc: ${name} thing
  c:
    wdir: w
    vars: [params.yaml]
    cmd: echo ${inw} >out
    outs: [out]
    params: [inw]
END
dvc repro --dry
dvc repro
dvc stage list
dvc params diff --json
