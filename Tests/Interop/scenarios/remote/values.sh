# Names in capitals, names that need quotes, negative and missing values, a default that is unknown.
# compare: stdout
dvc remote add Big.Name /tmp/r
dvc remote list
dvc remote modify BIG.NAME jobs -3
dvc remote modify big.name jobs
dvc remote modify big.name verify true
dvc remote modify -u big.name verify
dvc remote modify -u big.name verify
dvc remote default nosuch
dvc remote default Big.Name
dvc remote add -f -d big.name /tmp/other
dvc remote default -u
dvc remote add 'with space' /tmp/w
dvc remote list
dvc remote add ftp ftp://host/x
