#!/usr/bin/env bash
# helm/it/cluster.sh --kind: what proof.sh does, on a node made by kind, with the base images of a release and the demo's own servers.
#
# Needs Docker, kind (0.24 or newer, whose network knows NetworkPolicies), kubectl, helm, nginx, node 20, python3, a JDK, and sudo for two
# routes to the pods. STEPS (proof.sh), TABLES (a folder, lasttable-tables in the temporary one).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
PATH=$PATH:/usr/sbin
for tool in docker kind kubectl helm nginx node npm python3 openssl sudo; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
cluster=lasttable-it
tables=${TABLES:-${TMPDIR:-/tmp}/lasttable-tables}
work=$(mktemp -d)
export KUBECONFIG=$work/kubeconfig
ended() {
  [ -z "${ingress:-}" ] || kill "$ingress" 2>/dev/null || true
  [ ! -s "$work/nginx/pid" ] || kill "$(cat "$work/nginx/pid")" 2>/dev/null || true
  # The routes go with the network that they lead into.
  [ -z "${created:-}" ] || kind delete cluster --name "$cluster" >/dev/null 2>&1 || true
  for route in "${routes[@]}"; do sudo ip route del "$route" 2>/dev/null || true; done
  rm -rf "$work"
}
routes=()
trap ended EXIT

[ -d "$repository/live-client/node_modules/ws" ] || npm ci --silent --ignore-scripts --prefix "$repository/live-client"
kind create cluster --name "$cluster" --wait 2m
created=yes
modules=booking-service,availability-service,notify-service
"$repository/mvnw" -q -B -ntp -f "$repository/pom.xml" -pl "$modules" -am package -Dmaven.test.skip=true \
  -Dquarkus.container-image.build=true -Dquarkus.container-image.registry=localhost -Dquarkus.container-image.tag=it
for module in ${modules//,/ }; do kind load docker-image --name "$cluster" "localhost/lasttable/$module:it"; done

address() { docker inspect -f "{{(index .NetworkSettings.Networks \"kind\").$1}}" "$cluster-control-plane"; }
for route in "$(kubectl get nodes -o jsonpath='{.items[0].spec.podCIDR}')" 10.96.0.0/16; do
  sudo ip route add "$route" via "$(address IPAddress)"
  routes+=("$route")
done
"$here/ingress.py" "$work/nginx" 8080 > "$work/ingress.log" 2>&1 &
ingress=$!
REGISTRY=localhost PULL=IfNotPresent INGRESS_CIDR=$(address Gateway)/32 ON_NODE="docker exec $cluster-control-plane" \
  "$here/proof.sh" "$tables"
