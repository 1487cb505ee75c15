#!/usr/bin/env bash
# The chart on a cluster whose pods run: installs a release, tests it, does to it what happens to releases, and writes what its
# clients saw as tables.
#
#   helm/it/real/proof.sh <folder for the tables>
#
# KUBECONFIG is a cluster that may be used for it; REGISTRY has the images (tag it), PULL says when they are pulled, and BASE leads
# to helm/it/real/ingress.py. STEPS, a choice of
#   install    the demo, then a release as on EKS: helm test, bookings and watchers, policies, upgrade, rollback, rotation
#   faults     each of FAULTS (the services, kafka, postgresql, node) killed, hung, evicted, drained
#   rollouts   nothing may be dropped: WATCHERS (500), REQUESTS a second (50)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
chart=$repository/helm
tables=$(mkdir -p "$1" && cd "$1" && pwd)
steps=${STEPS:-install faults rollouts}
date=$(date -u -d '+2 days' +%F)
rows=/dev/null
log=$tables/clients.log
: > "$log"
# shellcheck source-path=SCRIPTDIR
. "$here/release.sh"
# shellcheck source-path=SCRIPTDIR
. "$here/faults.sh"
ended() {
  [ -z "${clients_pid:-}" ] || kill "$clients_pid" 2>/dev/null || true
  [ -z "${created:-}" ] || kubectl delete namespace "$namespace" "$namespace-monitoring" --ignore-not-found --wait=false >/dev/null
}
trap ended EXIT
does() { case " $steps " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
begins() { # step: its rows become its table
  rows=$tables/$1.rows
  rm -f "$rows" "$tables/$1.md"
}
under_clients() { # name, command...
  say "$1"
  "${@:2}"
  row "$1"
  "$here/table.py" < "$rows" > "${rows%.rows}.md"
}
upgrade() { helm upgrade lasttable "$chart" -n "$namespace" "${values[@]}" "$@" --wait --timeout 10m >/dev/null; rolled_out; gone; }
rollback() { helm rollback lasttable -n "$namespace" --wait --timeout 10m >/dev/null; rolled_out; gone; }
rollout() { upgrade --set-string "booking.podAnnotations.rollout=$1" --set-string "availability.podAnnotations.rollout=$1" --set-string "notify.podAnnotations.rollout=$1"; }

# A second user that may do what the first may; only the pods that read the Secrets are made anew.
rotate() {
  local kept
  k exec deployment/lasttable-postgresql -- psql -q -v ON_ERROR_STOP=1 -U lasttable -d booking -c \
    "CREATE ROLE lasttable_b LOGIN PASSWORD '$password-b' IN ROLE lasttable; ALTER ROLE lasttable_b SET role = 'lasttable'"
  for each in booking availability; do
    k create secret generic "lasttable-$each-database" --from-literal=username=lasttable_b --from-literal="password=$password-b" --dry-run=client -o yaml | k replace -f - >/dev/null
  done
  kept=$(pods notify-service | sort)
  upgrade
  [ "$kept" = "$(pods notify-service | sort)" ] || fail "the rotation has restarted notify-service as well"
  for each in booking availability; do
    [ "$(k exec deployment/lasttable-postgresql -- psql -U lasttable -d "$each" -Atc "SELECT count(*) FROM pg_stat_activity WHERE usename = 'lasttable' AND datname = '$each' AND pid <> pg_backend_pid()")" = 0 ] \
      || fail "$each is still used by the old user"
  done
}

if does install; then
  say "the demo: install, helm test, upgrade, uninstall"
  TAG=it "$here/../install.sh" --for-real
fi

say "PostgreSQL, Kafka, Keycloak"
kubectl create namespace "$namespace" >/dev/null
created=yes
kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >/dev/null
until_true "account of the namespace" k get serviceaccount default
helm template lasttable "$chart" -n "$namespace" "${values[@]}" -f "$chart/values-demo.yaml" --set networkPolicy.enabled=false -s templates/demo.yaml | k apply -f - >/dev/null
password=$(k get secret lasttable-demo -o jsonpath='{.data.password}' | base64 -d)
for each in booking availability; do
  k create secret generic "lasttable-$each-database" --from-literal=username=lasttable --from-literal="password=$password" >/dev/null
done
k create secret generic lasttable-watch-token --from-literal="watch-token-key=$(openssl rand -hex 32)" >/dev/null
k wait --for=condition=Available deployment/lasttable-postgresql deployment/lasttable-kafka --timeout 5m >/dev/null

say "install, with the provision hook"
helm install lasttable "$chart" -n "$namespace" "${values[@]}" --wait --timeout 10m >/dev/null
k get pods
k wait --for=condition=Available deployment/lasttable-keycloak --timeout 5m >/dev/null
answered=$(python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1]))[0]))' "$repository/local/src/main/resources/io/lasttable/local/demo/venues.json" \
  | curl -s -o /dev/null -w '%{http_code}' -X PUT -H "Authorization: Bearer $(token)" -H 'Content-Type: application/json' -d @- "$base/v1/venues/$venue")
[ "$answered" = 201 ] || fail "the venue is not created: $answered"
until_true "the venue's days" curl -sf -o /dev/null "$base/v1/venues/$venue/days/$date"

if does install; then
  say "helm test"
  helm test lasttable -n "$namespace" | grep Phase
  say "a booking, seen by watchers on two pods"
  addresses=()
  for pod in $(pods notify-service); do addresses+=("http://$(address "$pod"):8083"); done
  TOKEN=$(token) node "$here/seen.mjs" "$base" "$venue" "$date" "${addresses[@]}"
  say "who reaches whom"
  "$here/policies.sh" | tee "$tables/policies.md"
  begins install
  begin_clients 50 10
  under_clients "upgrade, all services roll out" rollout 1
  under_clients "rollback" rollback
  under_clients "the databases' user and password are rotated" rotate
  end_clients
fi

if does faults; then
  say "50 watchers, 10 requests a second"
  begins faults
  begin_clients 50 10
  under_clients "nothing happens" sleep 10
  for each in ${FAULTS:-"${services[@]}" kafka postgresql node}; do
    case $each in
      *-service)
        under_clients "a pod of $each is killed" dies "$each"
        under_clients "a pod of $each is deleted by force" vanishes "$each"
        under_clients "a pod of $each hangs" hangs "$each"
        under_clients "a pod of $each is evicted" evicted "$each" ;;
      node) under_clients "the only node is drained" drained ;;
      *)
        under_clients "$each is killed" dies "$each"
        under_clients "$each hangs for 20 s" freezes "$each" 20 ;;
    esac
  done
  end_clients
fi

if does rollouts; then
  say "${WATCHERS:-500} watchers, ${REQUESTS:-50} requests a second"
  begins rollouts
  begin_clients "${WATCHERS:-500}" "${REQUESTS:-50}"
  under_clients "nothing happens" sleep 20
  under_clients "all services roll out" rollout 1
  under_clients "rollback" rollback
  alone=()
  for each in "${services[@]}"; do
    alone+=(--set-string "${each%-service}.podAnnotations.rollout=alone")
    under_clients "$each rolls out" upgrade "${alone[@]}"
  done
  end_clients
fi

say "uninstall"
helm uninstall lasttable -n "$namespace" --wait >/dev/null
none_left() { [ -z "$(k get pods -l 'app.kubernetes.io/name in (booking-service,availability-service,notify-service)' -o name)" ]; }
until_true "end of the release's pods" none_left
say "done"
# Whatever happens, every watcher comes to see every change; what is meant to be done in service fails no request; nothing is dropped, nor
# late, while services roll out.
! does faults || "$here/table.py" --seen < "$tables/faults.rows"
! does install || "$here/table.py" --answered < "$tables/install.rows"
! does rollouts || "$here/table.py" --unharmed < "$tables/rollouts.rows"
