# Long commands fold at 80 columns in dvc.yaml and dvc.lock.
echo 1 >in
x=xxxxxxxxxxxxxxxxxxxx
dvc stage add -q -n a -d in -o out1 "cp in out1 && echo aaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc ddddddddddddddddd > /dev/null && echo $x$x$x$x$x$x$x$x$x$x >> /dev/null"
dvc stage add -q -n b -d in -o out2 "cp in out2 # $x $x $x $x $x $x: $x $x"
dvc stage add -q -n c -d in -o out3 "cp in out3 && echo '$x $x $x   $x  $x $x' && echo \"$x $x\" > /dev/null # é$x é$x é$x é$x é$x"
dvc stage add -q -n d -d in -o out4 "cp in out4
echo $x $x $x $x $x $x $x $x
echo end"
dvc stage add -q -n e -d in -o out5 --desc "$x $x: $x $x $x # $x $x $x" "cp in out5;  echo  $x  $x  $x  $x  $x"
dvc stage add -q -n f -d in -o "out six $x$x" -o "$x $x $x $x $x" "cp in 'out six $x$x'; cp in '$x $x $x $x $x'"
dvc repro
dvc status
