# Names with blanks, quotes and letters beyond ASCII; frozen stages keep their lines.
# compare: stdout
cat >dvc.yaml <<'END'
stages:
  "two words": {cmd: x, outs: ['out put']}
  naïve: {cmd: x, deps: ['out put'], outs: ['quo"te'], frozen: true}
  日本: {cmd: x, deps: ['quo"te']}
END
dvc dag
dvc dag --mermaid
dvc dag --outs --mermaid
dvc dag 'two words'
# compare: stdout-sorted
dvc dag --dot
dvc dag --dot --outs
