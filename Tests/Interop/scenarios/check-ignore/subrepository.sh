# A project inside a project is ignored from outside.
mkdir sub
cd sub
dvc init -q --subdir
cd ..
# compare: stdout
dvc check-ignore -d sub/x
mkdir plain && dvc check-ignore -d plain/.dvc/x
