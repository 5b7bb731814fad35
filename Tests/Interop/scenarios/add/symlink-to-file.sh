# Adding a link to a file tracks the content.
echo foo >foo
ln -s foo bar
dvc add bar
