# A directory of DVC 2 goes to the old place and comes back; a part of it too.
# compare: stdout
dvc remote add -q -d r "$ROOT/remote"
mkdir -p d/sub .dvc/cache
put() {
    digest=$(printf "$1" | md5sum | cut -c1-32)
    mkdir -p .dvc/cache/$(echo $digest | cut -c1-2)
    printf "$1" >.dvc/cache/$(echo $digest | cut -c1-2)/$(echo $digest | cut -c3-)"$2"
    chmod 444 .dvc/cache/$(echo $digest | cut -c1-2)/*
}
printf 'x\n' >d/x
printf 'y\n' >d/sub/y
put 'x\n'
put 'y\n'
manifest="[{\"md5\": \"$(printf 'y\n' | md5sum | cut -c1-32)\", \"relpath\": \"sub/y\"}, {\"md5\": \"$(printf 'x\n' | md5sum | cut -c1-32)\", \"relpath\": \"x\"}]"
put "$manifest" .dir
cat >d.dvc <<END
outs:
- md5: $(printf "$manifest" | md5sum | cut -c1-32).dir
  size: 4
  nfiles: 2
  path: d
END
dvc status -c --json
dvc push
snapshot pushed
rm -rf .dvc/cache d
dvc pull d/sub/y
snapshot part
dvc status -c --json
dvc pull
dvc gc -w -f
