# Configuration written in turn.
$A remote add -d r "$ROOT/remote"
$B remote modify r jobs 2
$A config core.autostage true
$B config --local cache.type symlink
$B config -u core.autostage
$A remote rename r s
$B remote add 'q' 's3://b/p, x'
$A remote modify q region x
