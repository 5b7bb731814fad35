# The other finds what one ran, and restores it.
# compare: stdout
echo 1 >in
printf 'big: 1e5\nx: 1e-5\nsize: 3\nneg: -0.0\nuni: é😀\nnul: null\nlist: [1, 2.5, true]\nbigint: 123456789012345678901234567890\nmap: {nfiles: 3, size: 4, k: 1e22}\n' >params.yaml
$A stage add -q -n a -d in -p big,x,size,neg,uni,nul,list,bigint,map -o out -M m.json 'cp in out; echo "{\"v\": 1}" >m.json; echo run >>log'
$A repro
rm -r dvc.lock out m.json
$B repro
snapshot restored
echo 2 >in
$B repro
echo 1 >in
$A repro
rm -r dvc.lock out m.json
$A repro
