#!/usr/bin/env bash
# A real control plane on loopback with nodes that only pretend: helm/it/install.sh --for-real without a cluster.
#
#   helm/it/cluster.sh
#   helm/it/cluster.sh --real          a node whose pods run: helm/it/real/run.sh
#   helm/it/cluster.sh --kind          the same on a node made by kind: helm/it/real/kind.sh
#
# API server, controllers, scheduler, admission and Helm are the real ones; kwok stands for the kubelets, so that pods become
# ready and Jobs complete without a container. What a container would do is helm/it/images.sh's to show.
#
# Needs on the path, or in the folder KUBE_BIN: etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok, kubectl,
# helm; and openssl. docs/deployment/proof.md says how they can be built. CRDS can name a folder of CustomResourceDefinitions
# (of External Secrets, Prometheus Operator, KEDA), which makes the EKS example complete. PORT (24443) and the five after it.
set -euo pipefail
for folder in KUBE_BIN NODE_DATA TABLES NATIVE; do
  [ -z "${!folder:-}" ] || export "$folder=$(realpath -m "${!folder}")"
done
cd "$(dirname "$0")/../.."
[ -z "${KUBE_BIN:-}" ] || PATH=$KUBE_BIN:$PATH
case ${1:-} in
  --real) exec helm/it/real/run.sh ;;
  --kind) exec helm/it/real/kind.sh ;;
esac
for tool in etcd kube-apiserver kube-controller-manager kube-scheduler kwok kubectl helm openssl; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

port=${PORT:-24443}
work=$(mktemp -d)
started=()
cleanup() {
  # Nothing of it is kept, and an API server without its etcd takes a minute to go by itself.
  [ ${#started[@]} -eq 0 ] || kill -KILL "${started[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

start() { # program, options...
  "$@" > "$work/$1.log" 2>&1 &
  started+=($!)
}
until_true() { # what, command...
  local what=$1; shift
  for _ in $(seq 240); do "$@" >/dev/null 2>&1 && return; sleep 0.5; done
  echo "$what did not come up"
  tail -n 20 "$work"/*.log
  exit 1
}

token=$(openssl rand -hex 16)
echo "$token,it,it,system:masters" > "$work/tokens"
openssl genrsa -out "$work/accounts.key" 2048 2>/dev/null

start etcd --data-dir "$work/etcd" --listen-client-urls "http://127.0.0.1:$((port + 1))" \
  --advertise-client-urls "http://127.0.0.1:$((port + 1))" --listen-peer-urls "http://127.0.0.1:$((port + 2))" \
  --initial-advertise-peer-urls "http://127.0.0.1:$((port + 2))" --initial-cluster "default=http://127.0.0.1:$((port + 2))"
# Without WatchList: Debian's etcd is older than it, and clients would try again each half minute.
start kube-apiserver --feature-gates WatchList=false --etcd-servers "http://127.0.0.1:$((port + 1))" --bind-address 127.0.0.1 --secure-port "$port" \
  --advertise-address 127.0.0.1 --cert-dir "$work/certificates" --service-cluster-ip-range 10.96.0.0/16 \
  --token-auth-file "$work/tokens" --authorization-mode Node,RBAC --service-account-issuer https://kubernetes.default.svc \
  --service-account-key-file "$work/accounts.key" --service-account-signing-key-file "$work/accounts.key"

export KUBECONFIG=$work/kubeconfig
until_true "the API server's certificate" test -s "$work/certificates/apiserver.crt"
kubectl config set-cluster it --server "https://127.0.0.1:$port" --certificate-authority "$work/certificates/apiserver.crt" --embed-certs >/dev/null
kubectl config set-credentials it --token "$token" >/dev/null
kubectl config set-context it --cluster it --user it >/dev/null
kubectl config use-context it >/dev/null
until_true "the API server" kubectl get --raw /readyz

start kube-controller-manager --kubeconfig "$KUBECONFIG" --bind-address 127.0.0.1 --secure-port "$((port + 3))" --leader-elect=false \
  --service-account-private-key-file "$work/accounts.key" --root-ca-file "$work/certificates/apiserver.crt" --node-monitor-grace-period 1h \
  --use-service-account-credentials --cert-dir "$work/certificates"
start kube-scheduler --kubeconfig "$KUBECONFIG" --bind-address 127.0.0.1 --secure-port "$((port + 4))" --leader-elect=false \
  --cert-dir "$work/certificates"
start kwok --kubeconfig "$KUBECONFIG" --manage-all-nodes --node-ip 127.0.0.1 --node-port 0 \
  --server-address "127.0.0.1:$((port + 5))" --config helm/it/kwok.yaml

for node in a b c; do
  kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Node
metadata:
  name: node-$node
  labels: {kubernetes.io/hostname: node-$node, kubernetes.io/os: linux, topology.kubernetes.io/zone: zone-$node}
YAML
done
until_true "the nodes" kubectl wait --for=condition=Ready node --all --timeout=1s
[ -z "${CRDS:-}" ] || kubectl apply --server-side -f "$CRDS" >/dev/null
kubectl version
FAKE_NODES=true helm/it/install.sh --for-real
