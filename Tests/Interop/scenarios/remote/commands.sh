# Add, list, default, rename and remove.
# compare: stdout
dvc remote add one "$ROOT/one"
dvc remote add -d two ../two
dvc remote add three s3://bucket/path
dvc remote list
dvc remote default
dvc remote add one /elsewhere
dvc remote add -f one /elsewhere
dvc remote default one
dvc remote default
dvc remote rename one uno
dvc remote default
dvc remote list
dvc remote modify uno jobs 3
dvc remote modify uno nosuch 3
dvc remote modify nosuch url x
dvc remote modify --local uno url /private
dvc remote list
snapshot changed
dvc remote modify uno -u jobs
dvc remote remove uno
dvc remote remove uno
dvc remote default -u
dvc remote default
dvc remote rename two three
dvc remote rename nosuch x
