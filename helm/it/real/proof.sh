#!/usr/bin/env bash
# The chart on a cluster whose pods run: installs a release, tests it, does to it what happens to releases, and writes what its
# clients saw as a table.
#
#   helm/it/real/proof.sh <file for the table>
#
# KUBECONFIG is a cluster that may be used for it and has the images (tag it), BASE leads to helm/it/real/ingress.py.
# STEPS: a choice of install, faults, rollouts. WATCHERS (500) and REQUESTS a second (50) while rollouts go on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
chart=$repository/helm
table=$1
rows=$(mktemp)
steps=${STEPS:-install faults rollouts}
date=$(date -u -d '+2 days' +%F)
. "$here/release.sh"
. "$here/faults.sh"
trap 'rm -f "$rows" "$rows.log"; [ -z "${clients_pid:-}" ] || kill "$clients_pid" 2>/dev/null || true; kubectl delete namespace "$namespace" --ignore-not-found --wait=false >/dev/null' EXIT
does() { case " $steps " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
under_clients() { # name, command...
  say "$1"
  "${@:2}"
  row "$1"
}
upgrade() { helm upgrade lasttable "$chart" -n "$namespace" -f "$here/values.yaml" "$@" --wait --timeout 10m >/dev/null; rolled_out; gone; }

say "PostgreSQL, Kafka, Keycloak"
kubectl create namespace "$namespace" >/dev/null
kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >/dev/null
for _ in $(seq 60); do k get serviceaccount default >/dev/null 2>&1 && break; sleep 0.5; done
helm template lasttable "$chart" -n "$namespace" -f "$chart/values-demo.yaml" --set networkPolicy.enabled=false -s templates/demo.yaml | k apply -f - >/dev/null
password=$(k get secret lasttable-demo -o jsonpath='{.data.password}' | base64 -d)
for each in booking availability; do
  k create secret generic "lasttable-$each-database" --from-literal=username=lasttable --from-literal="password=$password" >/dev/null
done
k create secret generic lasttable-watch-token --from-literal="watch-token-key=$(openssl rand -hex 32)" >/dev/null
k wait --for=condition=Available deployment/lasttable-postgresql deployment/lasttable-kafka --timeout 5m >/dev/null

say "install, with the provision hook"
helm install lasttable "$chart" -n "$namespace" -f "$here/values.yaml" --wait --timeout 10m >/dev/null
k get pods
say "helm test"
helm test lasttable -n "$namespace" | grep Phase
k wait --for=condition=Available deployment/lasttable-keycloak --timeout 5m >/dev/null
created=$(python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1]))[0]))' "$repository/local/src/main/resources/io/lasttable/local/demo/venues.json" \
  | curl -s -o /dev/null -w '%{http_code}' -X PUT -H "Authorization: Bearer $(token)" -H 'Content-Type: application/json' -d @- "$base/v1/venues/$venue")
[ "$created" = 201 ] || fail "the venue is not created: $created"
# The day is there once availability has heard of the venue.
for _ in $(seq 120); do curl -sf -o /dev/null "$base/v1/venues/$venue/days/$date" && break; sleep 0.5; done

say "a booking, seen by watchers on two pods"
addresses=()
for pod in $(pods notify-service); do addresses+=("http://$(address "$pod"):8083"); done
TOKEN=$(token) node "$here/seen.mjs" "$base" "$venue" "$date" "${addresses[@]}"
say "who reaches whom"
"$here/policies.sh"

if does faults; then
  say "50 watchers, 10 requests a second"
  begin_clients 50 10
  sleep 10
  row "nothing happens"
  for each in "${services[@]}"; do
    under_clients "a pod of $each is killed" dies "$each"
    under_clients "a pod of $each vanishes" vanishes "$each"
    under_clients "a pod of $each hangs" hangs "$each"
    under_clients "a pod of $each is evicted" evicted "$each"
  done
  under_clients "Kafka is killed" dies kafka
  under_clients "PostgreSQL is killed" dies postgresql
  under_clients "the only node is drained" drained
  end_clients
fi

if does rollouts; then
  say "${WATCHERS:-500} watchers, ${REQUESTS:-50} requests a second"
  begin_clients "${WATCHERS:-500}" "${REQUESTS:-50}"
  sleep 20
  row "nothing happens, ${WATCHERS:-500} watchers"
  under_clients "all services roll out" upgrade --set-string booking.podAnnotations.rollout=1 \
    --set-string availability.podAnnotations.rollout=1 --set-string notify.podAnnotations.rollout=1
  under_clients "rollback" bash -c "helm rollback lasttable -n $namespace --wait --timeout 10m >/dev/null"
  gone
  k exec deployment/lasttable-postgresql -- psql -q -U lasttable -d booking -c \
    "CREATE ROLE lasttable_b LOGIN PASSWORD '$password-b' IN ROLE lasttable; ALTER ROLE lasttable_b SET role = 'lasttable'"
  for each in booking availability; do
    k create secret generic "lasttable-$each-database" --from-literal=username=lasttable_b --from-literal="password=$password-b" --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
  done
  kept=$(pods notify-service | sort)
  under_clients "the databases' user and password are rotated" upgrade
  [ "$kept" = "$(pods notify-service | sort)" ] || fail "the rotation has restarted notify-service as well"
  end_clients
fi

say "uninstall"
helm uninstall lasttable -n "$namespace" --wait >/dev/null
[ -z "$(k get pods -l 'app.kubernetes.io/name in (booking-service,availability-service,notify-service)' -o name)" ] || fail "pods are left"
[ ! -s "$rows" ] || "$here/table.py" < "$rows" > "$table"
say "done"
# Nothing is dropped while services roll out.
! does rollouts || "$here/table.py" --unharmed "all services roll out" rollback "the databases' user and password are rotated" < "$rows"
