# shellcheck shell=bash
# Sourced by the scripts of this folder: a release `lasttable` of the chart in NAMESPACE, and its clients. They set here, date, rows, log.
# shellcheck disable=SC2034,SC2154
namespace=${NAMESPACE:-lasttable-real}
base=${BASE:-http://127.0.0.1:8080}
venue=chez-nous
services=(booking-service availability-service notify-service)
export REGISTRY=${REGISTRY:-127.0.0.1:5005} PULL=${PULL:-Always}
values=(-f "$here/values.yaml" --set "images.registry=$REGISTRY,images.pullPolicy=$PULL,networkPolicy.monitoringNamespace=$namespace-monitoring"
  # Where nginx's connections come from.
  --set "networkPolicy.ingressCidrs={${INGRESS_CIDR:-10.10.0.0/24}}")
k() { kubectl -n "$namespace" "$@"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
said=$SECONDS
say() { printf '\n== %s s: %s\n' "$((SECONDS - said))" "$*"; }
until_true() { # what, command...: for two minutes
  local _
  for _ in $(seq 240); do
    ! "${@:2}" >/dev/null 2>&1 || return 0
    sleep 0.5
  done
  fail "no $1"
}
pods() { # application
  k get pods -l "app.kubernetes.io/name=$1" --field-selector status.phase=Running \
    -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}{{"\n"}}{{end}}{{end}}'
}
address() { k get pod "$1" -o jsonpath='{.status.podIP}'; }
a_pod() { pods "$1" | sed -n 1p; }
rolled_out() { # applications, or all
  local each
  for each in "${@:-${services[@]}}"; do k rollout status "deployment/lasttable-$each" --timeout 5m >/dev/null; done
}
none_leaves() {
  [ -z "$(k get pods -l app.kubernetes.io/part-of=lasttable -o go-template='{{range .items}}{{if .metadata.deletionTimestamp}}x{{end}}{{end}}')" ]
}
gone() { until_true "end of the pods that leave" none_leaves; }
token() {
  local secret keycloak
  secret=$(k get secret lasttable-demo -o jsonpath='{.data.client-secret}' | base64 -d)
  keycloak=$(k get service lasttable-keycloak -o jsonpath='{.spec.clusterIP}')
  curl -sf -d grant_type=client_credentials -d client_id=demo -d "client_secret=$secret" \
    "http://$keycloak:8080/realms/lasttable/protocol/openid-connect/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}

# Clients that go on through all that follows; each phase becomes a row of the table.
begin_clients() { # watchers, requests a second
  local token
  token=$(token)
  [ -n "$token" ] || fail "no token"
  coproc clients { TOKEN=$token exec node "$here/clients.mjs" "$base" "$venue" "$date" "$1" "$2" 2>> "$log"; }
  clients_pid=$!
  row "" > /dev/null
}
row() { # name of the phase that ends
  local line
  { echo "$1" >&"${clients[1]}" && read -r -t 150 line <&"${clients[0]}"; } 2>/dev/null || { tail -n 5 "$log" >&2; fail "the clients have ended"; }
  echo "$line"
  [ -z "$1" ] || echo "$line" >> "$rows"
}
end_clients() {
  eval "exec ${clients[1]}>&-"
  wait "$clients_pid" || fail "the clients have failed: $(tail -n 5 "$log")"
  clients_pid=
}
