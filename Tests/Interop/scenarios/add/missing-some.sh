# One missing target stops the whole command.
echo foo >foo
dvc add foo nosuch
