# Links, a path outside of the project, a trailing slash, and paths of folders that do not exist.
# compare: stdout
printf 'dir/\n*.log\n' >.dvcignore
mkdir dir real
ln -s real link
ln -s dir sym
dvc check-ignore dir dir/ real/dir nosuch/dir nosuch/x.log ../x.log "$PWD/y.log" ./y.log a/../y.log
dvc check-ignore -d link/x.log sym/y .
dvc check-ignore -d -a dir/x.log
dvc check-ignore --stdin x
printf 'a.log\n\nb.log\n' | dvc check-ignore --stdin
