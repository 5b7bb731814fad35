# The exec bit of one file is kept, those in directories are not.
echo 'echo hi' >run.sh
chmod 755 run.sh
mkdir d
cp run.sh d/run.sh
dvc add run.sh d
commit
rm -r run.sh d
dvc checkout
