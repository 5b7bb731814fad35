# Global options before and behind the command.
# compare: stdout
mkdir -p sub
echo foo >foo
dvc --cd sub root
dvc --cd=sub root
dvc --cd nosuch root
# compare: no-stdout
dvc -q add foo
# compare: stdout
dvc --wait-for-lock status
# compare: no-stdout
dvc -v root
# compare: stdout
# compare: no-stdout
dvc --version
dvc -V
dvc --nosuch root
dvc
