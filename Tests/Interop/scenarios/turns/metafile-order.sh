# A metafile that one wrote keeps its form when the other updates it.
# loose: repo/foo.dvc
echo foo >foo
mkdir d && echo x >d/x
echo hi >run && chmod +x run
$A add -q foo d run
printf '# note\n' | cat - foo.dvc >tmp && mv tmp foo.dvc
echo foo2 >foo
echo y >d/y
chmod -x run
$B add foo d run
snapshot changed
echo foo3 >foo
rm d/x
chmod +x run
$A add foo d run
