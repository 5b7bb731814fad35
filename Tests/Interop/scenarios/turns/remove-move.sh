# Entries made by one are moved and removed by the other.
echo foo >foo
echo bar >bar
mkdir d && echo x >d/x
$A add -q foo bar d
commit
$B move foo sub
$A move bar baz
$A remove d.dvc
$B remove baz.dvc
$B remove sub.dvc
