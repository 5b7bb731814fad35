# Settings and helpers shared by the other scripts here; sourced, not run.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/test-cluster # built binaries, kept
state=/var/lib/test-cluster                        # one cluster's data, removed by `down`
bin=$cache/bin
export PATH=$bin:/usr/local/sbin:/usr/sbin:/sbin:$PATH

api_port=6443
registry=127.0.0.1:5000
node=node-1
bridge=test-cluster0
node_ip=10.244.0.1       # the bridge's own address, local to this machine
pod_cidr=10.244.0.0/24
service_cidr=10.96.0.0/24
api_service_ip=10.96.0.1 # first address of service_cidr
pause_image=$registry/pause:3.2
kube_version=v1.20.2
kube_programs='kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl'

build_revision=2 # counts changes to `build` after which programs have to be built anew

built_as_here() { [ "$(cat "$bin/revision" 2> /dev/null)" = $build_revision ]; }

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# The start time of a live process in clock ticks; with the pid it names one process for good.
born() { sed -n 's/.*) \([^Z] \)/\1/p' "/proc/$1/stat" 2> /dev/null | cut -d" " -f20; }

# Is the process recorded under this name still the one that was started?
running() {
  local pid start
  { read -r pid start < "$state/pids/$1"; } 2> /dev/null && [ "$(born "$pid")" = "$start" ] && [ -n "$start" ]
}

# start NAME COMMAND...: run in the background unless it already runs.
start() {
  local name=$1
  shift
  running "$name" && return
  setsid "$@" < /dev/null >> "$state/log/$name.log" 2>&1 9>&- &
  echo "$! $(born $!)" > "$state/pids/$name"
}

# stop NAME: kill the recorded process, which leads a process group of its own, and wait for its end.
stop() {
  local pid
  running "$1" || return 0
  read -r pid _ < "$state/pids/$1"
  kill -KILL -- "-$pid"
  while running "$1"; do sleep 0.1; done
}

# wait_for SECONDS WHAT COMMAND...: retry the command until it succeeds.
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $end ] || die "$what: not ready in time; see $state/log"
    sleep 0.3
  done
}

# Here, because `api` starts it, too.
start_api_server() {
  local pki=$state/pki
  start kube-apiserver kube-apiserver --bind-address 127.0.0.1 --secure-port $api_port --insecure-port 0 \
    --advertise-address $node_ip --etcd-servers http://127.0.0.1:2379 --service-cluster-ip-range $service_cidr \
    --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" --client-ca-file "$pki/ca.crt" \
    --token-auth-file "$pki/tokens.csv" --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction \
    --kubelet-client-certificate "$pki/apiserver-client.crt" --kubelet-client-key "$pki/apiserver-client.key" \
    --kubelet-certificate-authority "$pki/ca.crt" --kubelet-preferred-address-types InternalIP \
    --service-account-issuer https://kubernetes.default.svc.cluster.local \
    --service-account-signing-key-file "$pki/service-account.key" --service-account-key-file "$pki/service-account.key" \
    --allow-privileged --profiling=false
}
