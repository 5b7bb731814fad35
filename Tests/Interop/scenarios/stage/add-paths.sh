# Folders and ways to write paths: relative, absolute, through a link, outside of the project.
mkdir -p w sub/deep
echo 1 >in
dvc stage add -n dots -d ./in -o ./o1 -o sub/../o2 'x'
dvc stage add -n absolute -d "$ROOT/repo/in" -o "$ROOT/repo/w/o3" -d /etc/hosts 'x'
dvc stage add -n there -w w -d ../in -o o4 -o ../o5 'x'
dvc stage add -n there-too -w ./w/ -d "$ROOT/repo/in" -o "$ROOT/repo/o6" 'x'
dvc stage add -n here -w . -o o7 'x'
dvc stage add -n outside-uncached -O ../elsewhere 'x'
ln -s sub link
dvc stage add -n through-link -d link/in -o link/o8 'x'
cd sub/deep
dvc stage add -n below -d ../../in -o o9 'x'
cd ../..
dvc stage add -n bad1 -w nosuch 'x'
dvc stage add -n bad2 -w in 'x'
dvc stage add -n bad3 -w .. 'x'
dvc stage add -n bad4 -o . 'x'
dvc stage add -n bad5 -o .dvc/x 'x'
dvc stage add -n bad6 -o a.dvc 'x'
dvc stage add -n bad7 -d sub/dvc.yaml 'x'
dvc stage add -n bad8 -o o/x -o o 'x'
