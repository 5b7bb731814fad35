# Run cache with directories, exec bits and other param files.
# compare: stdout-sorted
mkdir src && echo a >src/a && echo b >src/b
echo hi >tool && chmod +x tool
printf 'a = 1.0\n[t]\nb = "x"\n' >p.toml
$A add -q src tool
$A stage add -q -n a -d src -d tool -p p.toml:a,t -o dir 'cp -r src dir'
$A repro
rm -r dvc.lock dir
$B repro
