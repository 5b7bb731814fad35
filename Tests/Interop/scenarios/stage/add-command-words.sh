# Where options end and the command begins.
dvc stage add -n one -o a echo -o b -n other
dvc stage add -n two -- echo hi
dvc stage add -n three -5
dvc stage add -n four 'echo  "two  words"' 'a b' '' "c'd" 'e"f g'
dvc stage add -n five -ojoined -djoined2 x
dvc stage add --name six --outs long --deps long2 --params k --metrics long3 --wdir . --force x
dvc stage add -n seven --nosuch x
dvc stage add -n eight
dvc stage add -n nine ''
dvc stage add -n '' x
dvc stage add x
dvc stage add -n ten 'first
second'
dvc stage add -n eleven '  spaces around  '
dvc stage add -n twelve "tab	inside"
