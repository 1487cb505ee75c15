#!/usr/bin/env bash
# helm/it/cluster.sh --real: a node of this machine, in namespaces of its own, with all that proof.sh does on it.
#
# Needs root, the programs of helm/it/tools.sh --real in KUBE_BIN, and of Debian: containerd runc containernetworking-plugins iptables
# ipset conntrack etcd-server docker-registry skopeo umoci nginx-light mmdebstrap, kubectl, node 20, a JDK. NODE_DATA (a folder that keeps
# images between runs), TABLES (a folder; there), STEPS (proof.sh), BUILD=false (the services' images stay).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export KUBE_BIN=${KUBE_BIN:-/usr/local/bin} NODE_DATA=${NODE_DATA:-${TMPDIR:-/tmp}/lasttable-node}
tables=${TABLES:-$NODE_DATA/tables}
PATH=$KUBE_BIN:$PATH:/usr/sbin
for tool in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kube-router coredns pause helm kubectl \
  containerd runc iptables ipset conntrack docker-registry skopeo umoci nginx mmdebstrap node npm jlink python3 openssl curl dpkg apt-get; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
[ -d /usr/lib/cni ] || { echo "skipped: containernetworking-plugins is not installed"; exit 77; }
[ "$(id -u)" = 0 ] || { echo "skipped: needs root"; exit 77; }
[ -d /sys/fs/cgroup/cpuset ] || { echo "skipped: needs cgroup v1; elsewhere kind does the same"; exit 77; }

mkdir -p "$NODE_DATA"
[ -O "$NODE_DATA" ] || { echo "$NODE_DATA is somebody else's"; exit 1; }
[ -d "$here/../../../live-client/node_modules/ws" ] || npm ci --silent --ignore-scripts --prefix "$here/../../../live-client"
"$here/images.sh"
ended() {
  local code=$?
  [ $code = 0 ] || { tail -n 5 "$NODE_DATA/node/main.log" "$NODE_DATA/node/ingress.log" 2>/dev/null || true; }
  "$here/node.sh" stop
  exit $code
}
began=$SECONDS
"$here/node.sh" start
trap ended EXIT
echo "node, $((SECONDS - began)) s"
# Ends with the node, whose processes it is among.
"$here/node.sh" enter "$here/ingress.py" "$NODE_DATA/node/nginx" 8080 > "$NODE_DATA/node/ingress.log" 2>&1 &
disown
"$here/node.sh" enter "$here/proof.sh" "$tables"
echo "all of it, $((SECONDS - began)) s; tables: $tables"
