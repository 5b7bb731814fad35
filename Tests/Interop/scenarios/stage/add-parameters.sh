# Parameters of several files, repeated, whole files, and what they exclude.
dvc stage add -n a -p b,a -p c 'x'
dvc stage add -n b -p z.yaml:k -p a.json:m,l -p q -p z.yaml:j 'x'
dvc stage add -n c -p params.yaml: 'x'
dvc stage add -n d -p params.yaml: -p lr 'x'
dvc stage add -n e -p p.toml: -p p.toml:k 'x'
dvc stage add -n f -p a,a -p ,b, 'x'
dvc stage add -n g -p sub/p.yaml:train.lr,train.layers 'x'
dvc stage add -n h -d params.yaml -p lr 'x'
dvc stage add -n i -o params.yaml -p lr 'x'
dvc stage add -n j -p C:x.yaml:k 'x'
mkdir w
dvc stage add -n k -w w -p lr -p ../top.yaml:x 'x'
dvc stage list
