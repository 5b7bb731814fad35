# Objects of 2.x are brought to the new place.
mkdir -p d .dvc/cache
put() {
    digest=$(printf "$1" | md5sum | cut -c1-32)
    mkdir -p .dvc/cache/$(echo $digest | cut -c1-2)
    printf "$1" >.dvc/cache/$(echo $digest | cut -c1-2)/$(echo $digest | cut -c3-)"$2"
    chmod 444 .dvc/cache/$(echo $digest | cut -c1-2)/*
}
printf 'foo\n' >foo
printf 'x\n' >d/x
put 'foo\n'
put 'x\n'
manifest="[{\"md5\": \"$(printf 'x\n' | md5sum | cut -c1-32)\", \"relpath\": \"x\"}]"
put "$manifest" .dir
cat >foo.dvc <<END
outs:
- md5: $(printf 'foo\n' | md5sum | cut -c1-32)
  size: 4
  path: foo
END
cat >d.dvc <<END
outs:
- md5: $(printf "$manifest" | md5sum | cut -c1-32).dir
  size: 2
  nfiles: 1
  path: d
END
dvc status
dvc cache migrate --dry
dvc cache migrate
snapshot migrated
dvc cache migrate --dvc-files
dvc status
