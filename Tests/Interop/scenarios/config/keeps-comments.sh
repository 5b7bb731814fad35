# Editing keeps the order of a hand-written file; DVC drops its comments, Apus keeps them.
cat >.dvc/config <<'END'
# ours
[core]
    # the default
    remote = one
['remote "one"']
    url = /tmp/one
END
dvc config core.autostage true
dvc remote add two s3://bucket/path
dvc remote modify two region eu-west-1
dvc config -u core.remote
sed -i '/^ *#/d' .dvc/config
