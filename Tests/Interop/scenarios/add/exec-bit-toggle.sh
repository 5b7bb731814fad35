# Changing only the exec bit.
echo 'echo hi' >run.sh
dvc add run.sh
chmod +x run.sh
dvc status
dvc add run.sh
snapshot executable
chmod -x run.sh
dvc status
dvc add run.sh
