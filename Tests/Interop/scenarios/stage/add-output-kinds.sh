# All kinds of outputs at once, in dvc.yaml and .gitignore; the first missing folder ends the entries.
dvc stage add -n all -o b -o a -O c --outs-persist d --outs-persist-no-cache e -m f -M g --plots h --plots-no-cache i 'x'
snapshot all
dvc stage add -n missing -o not/there -o after -m before 'x'
snapshot missing
echo '/known' >>.gitignore
mkdir dir
echo '*' >dir/.gitignore
dvc stage add -n known -o known -o dir/inside 'x'
printf 'no end' >>dir2.gitignore
mkdir dir2
printf '/old' >dir2/.gitignore
dvc stage add -n unended -o dir2/new 'x'
dvc stage add -n odd -o 'with space' -o 'st*r' -o 'b[r]' -o 'é' 'x'
