# Objects of both layouts are collected, in the cache and in the remote; the run cache stays.
# compare: stdout-sorted
dvc remote add -q -d r "$ROOT/remote"
mkdir -p .dvc/cache/d3 .dvc/cache/c1 .dvc/cache/runs/ab
echo foo >.dvc/cache/d3/b07384d113edec49eaa6238ad5ff00
echo bar >.dvc/cache/c1/57a79031e1c40f85931829bc5fc552
echo kept >.dvc/cache/runs/ab/cd
echo other >.dvc/cache/other
chmod 444 .dvc/cache/d3/* .dvc/cache/c1/*
cat >foo.dvc <<'END'
outs:
- md5: d3b07384d113edec49eaa6238ad5ff00
  size: 4
  path: foo
END
cat >bar.dvc <<'END'
outs:
- md5: c157a79031e1c40f85931829bc5fc552
  size: 4
  path: bar
END
dvc checkout -q
echo new >new
dvc add -q new
dvc push -q
rm bar.dvc
dvc gc -w -c --dry
dvc gc -w -c -f
snapshot bar
rm foo.dvc new.dvc
dvc gc -w -f
