# What is not tracked any more and is as a command left it goes at the next checkout.
# compare: stdout
echo foo >foo
echo bar >bar
mkdir d && echo x >d/x
mkdir e && echo y >e/y
dvc add -q foo bar d e
dvc remove foo.dvc bar.dvc d.dvc e.dvc
echo changed >bar
echo more >e/more
dvc checkout d
dvc checkout
dvc checkout
