# How numbers and strings of params appear in dvc.lock.
cat >params.yaml <<'END'
p:
  int10: 010
  under: 1_000
  hex: 0x1F
  oct: 0o17
  bin: 0b11
  sexa: 1:30
  exp: 1e5
  small: 1e-4
  smaller: 1e-7
  huge: 1e22
  half: .5
  one: 1.
  sum: 0.30000000000000004
  neg: -0.0
  inf: .inf
  ninf: -.inf
  nan: .nan
  bigint: 123456789012345678901234567890
  yes: yes
  on: on
  no: No
  t1: True
  t2: TRUE
  t3: true
  null1: ~
  null2: null
  null3:
  s1: '01'
  s2: '1e5'
  s3: 'null'
  s4: '~'
  s5: '2020-01-01'
  s6: ''
  s7: '- dash'
  s8: '# hash'
  s9: 'a: b'
  s10: 'true'
  s11: 'yes'
  s12: "tab\there"
  s13: "é 😀"
  s14: "multi\nline\n"
  s15: ' lead'
  s16: 'trail '
  s17: "it's"
  s18: '"dq"'
  s19: '[x'
  s20: '{x'
  s21: '*x'
  s22: '&x'
  s23: '!x'
  s24: '%x'
  s25: '@x'
  s26: '`x'
  s27: 'x #y'
  s28: '0x1F'
  s29: '1:30'
  s30: '='
  s31: '<<'
  s32: "nul\x01"
  s33: '?'
  s34: '-'
  s35: ':'
  s36: 'a:'
  s37: '1_000'
  s38: '.inf'
  list: [1, [2, 3], {a: b}]
  empty: []
  emptydict: {}
  nested: {z: 1, a: {c: 1, b: 2}}
  anchor: &x {q: 1}
  alias: *x
END
echo 1 >in
dvc stage add -q -n a -d in -p p -o out 'cp in out'
dvc repro
dvc status
rm dvc.lock out
dvc repro
