# Values that need quoting in the file.
# compare: stdout
dvc remote add r 's3://b/with space, and comma'
dvc remote modify r endpointurl 'http://h:1/#frag'
dvc remote modify --local r access_key_id 'a"b'
dvc remote modify --local r secret_access_key "it's"
dvc config remote.r.url
dvc config -l
