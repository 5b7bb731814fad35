# Files that become directories and back, data of DVC 2, an output that has no data yet.
# compare: stdout-sorted
echo a >a
mkdir b && echo b >b/b
printf 'text\r\n' >old
printf 'outs:\n- md5: e1cbb0c3879af8347246f12c559a86b5\n  size: 6\n  path: old\n' >old.dvc
echo /old >>.gitignore
dvc add -q a b
dvc stage add -q -n s -o never 'true'
commit
dvc diff --json
rm -rf a b
mkdir a && echo a >a/a
echo b >b
dvc diff --json
dvc add -q a b
dvc diff --json
echo more >>old
echo now >never
dvc diff --json
commit two
dvc diff HEAD~1 HEAD --json --show-hash
dvc diff HEAD~1 HEAD --md
