#!/usr/bin/env bash
# The node's first process, in its namespaces; see node.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$NODE_DATA/node
PATH=$KUBE_BIN:$PATH:/usr/sbin
log() { echo "$(date +%T) $*"; }
start() { # program, options...
  "$@" > "$work/$1.log" 2>&1 &
}
until_true() { # what, command...
  local what=$1; shift
  for _ in $(seq 960); do
    if "$@" >/dev/null 2>&1; then log "$what"; return; fi
    sleep 0.25
  done
  log "no $what"
  exit 1
}

mount --make-rshared /
hostname node
# The kubelet wants to set these for the whole machine: it finds what it wants in files that only it sees.
mkdir -p "$work/sys"
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  file=$work/sys/$(basename "${setting%=*}")
  echo "${setting#*=}" > "$file"
  mount --bind "$file" "/proc/sys/${setting%=*}"
done
# What a node's programs keep in fixed places.
for folder in /run/containerd /var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers /run/netns /etc/cni; do
  mkdir -p "$folder" "$work/root$folder"
  mount --bind "$work/root$folder" "$folder"
  mount --make-rshared "$folder"
done
mount -t tmpfs tmpfs /run/netns
mount --make-rshared /run/netns
mkdir -p /run/xtables

# The node's address: one end of a pair, since not every kernel has dummy devices.
ip link set lo up
ip link add node0 type veth peer name node0-end
ip link set node0-end up
ip addr add 10.10.0.1/24 dev node0
ip link set node0 up
ip route add default via 10.10.0.254 dev node0
sysctl -qw net.ipv4.ip_forward=1
sysctl -qw net.bridge.bridge-nf-call-iptables=1 || log "without the bridge's filter: policies between pods do not hold here"

# The registry of images.sh with the same data, for this network.
sed 's/^http:.*/http: {addr: "127.0.0.1:5005"}/' "$NODE_DATA/registry.yml" > "$work/registry.yml"
start docker-registry serve "$work/registry.yml"
mkdir -p /etc/cni/net.d "$work/registries/docker.io"
printf 'server = "http://127.0.0.1:5005"\n[host."http://127.0.0.1:5005"]\n  capabilities = ["pull", "resolve"]\n' > "$work/registries/docker.io/hosts.toml"
cp "$here/pods.conflist" /etc/cni/net.d/
sed "s|@data@|$NODE_DATA|g; s|@work@|$work|g" "$here/containerd.toml" > "$work/containerd.toml"
start containerd --config "$work/containerd.toml"

mkdir -p "$work/pki"
token=$(openssl rand -hex 16)
echo "$token,it,it,system:masters" > "$work/tokens"
openssl genrsa -out "$work/accounts.key" 2048 2>/dev/null
certificate() { # name, options of openssl: signed by itself
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout "$work/pki/$1.key" -out "$work/pki/$1.crt" "${@:2}" 2>/dev/null
}
certificate apiserver -subj /CN=kube-apiserver \
  -addext "subjectAltName=IP:127.0.0.1,IP:10.10.0.1,IP:10.96.0.1,DNS:kubernetes.default.svc,DNS:kubernetes.default,DNS:kubernetes"
# What the API server shows to the kubelet (logs, exec).
certificate client -subj /O=system:masters/CN=apiserver-kubelet

start etcd --data-dir "$work/etcd" --unsafe-no-fsync --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
  --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 --initial-cluster default=http://127.0.0.1:2380
# Without WatchList: Debian's etcd is older than it, and clients would try again each half minute.
start kube-apiserver --feature-gates WatchList=false --etcd-servers http://127.0.0.1:2379 --bind-address 0.0.0.0 --secure-port 6443 \
  --advertise-address 10.10.0.1 --tls-cert-file "$work/pki/apiserver.crt" --tls-private-key-file "$work/pki/apiserver.key" --service-cluster-ip-range 10.96.0.0/16 \
  --kubelet-client-certificate "$work/pki/client.crt" --kubelet-client-key "$work/pki/client.key" --kubelet-preferred-address-types InternalIP \
  --token-auth-file "$work/tokens" --authorization-mode Node,RBAC --service-account-issuer https://kubernetes.default.svc \
  --service-account-key-file "$work/accounts.key" --service-account-signing-key-file "$work/accounts.key" --allow-privileged
export KUBECONFIG=$work/kubeconfig
kubectl config set-cluster it --server https://127.0.0.1:6443 --certificate-authority "$work/pki/apiserver.crt" --embed-certs >/dev/null
kubectl config set-credentials it --token "$token" >/dev/null
kubectl config set-context it --cluster it --user it >/dev/null
kubectl config use-context it >/dev/null
until_true "API server" kubectl get --raw /readyz
start kube-controller-manager --kubeconfig "$KUBECONFIG" --bind-address 127.0.0.1 --leader-elect=false \
  --service-account-private-key-file "$work/accounts.key" --root-ca-file "$work/pki/apiserver.crt" --use-service-account-credentials --cert-dir "$work/pki"
start kube-scheduler --kubeconfig "$KUBECONFIG" --bind-address 127.0.0.1 --leader-elect=false --cert-dir "$work/pki"

echo "nameserver 10.96.0.10" > "$work/resolv.conf"
sed "s|@work@|$work|g; s|@group@|$CGROUP|g" "$here/kubelet.yaml" > "$work/kubelet.yaml"
until_true containerd test -S /run/containerd/containerd.sock
start kubelet --config "$work/kubelet.yaml" --kubeconfig "$KUBECONFIG" --node-ip 10.10.0.1 --hostname-override node \
  --node-labels topology.kubernetes.io/zone=zone-a --root-dir /var/lib/kubelet --cert-dir "$work/pki"
sed "s|@kubeconfig@|$KUBECONFIG|g" "$here/kube-proxy.yaml" > "$work/kube-proxy.yaml"
start kube-proxy --config "$work/kube-proxy.yaml"
until_true "node" kubectl wait --for=condition=Ready node/node --timeout=1s
kubectl apply -f "$here/coredns.yaml" >/dev/null
start kube-router --run-router=false --run-firewall=true --run-service-proxy=false --kubeconfig "$KUBECONFIG" --hostname-override node \
  --service-cluster-ip-range 10.96.0.0/16 --health-port 0 --metrics-port 0
until_true "names" kubectl -n kube-system wait --for=condition=Available deployment/coredns --timeout=1s
touch "$work/ready"
# Reaps what is orphaned, and ends, with all of the node, when a program of it does: none may.
wait -n || true
log "a program ended: $(jobs -l | grep -v Running || true)"
