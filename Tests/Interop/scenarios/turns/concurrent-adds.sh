# Both add at the same time.
echo foo >foo
mkdir d && echo x >d/x
LABEL=1 $A add foo &
LABEL=2 $B add d &
wait
sort -o .gitignore .gitignore
$A status
