# The page's place and the names of images.
# compare: stdout
mkdir -p evaluation/plots
printf 'one' >evaluation/plots/a.png
printf 'step,loss\n0,1.0\n1,0.5\n' >p.csv
printf 'plots:\n- evaluation/plots\n- p.csv\n' >dvc.yaml
commit
dvc plots show
printf 'two' >evaluation/plots/a.png
dvc plots diff
dvc plots diff main -o elsewhere
rm dvc_plots/index.html elsewhere/index.html
dvc plots diff --targets nosuch.csv
