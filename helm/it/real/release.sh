# shellcheck shell=bash
# Sourced by the scripts of this folder: a release `lasttable` of the chart in NAMESPACE, and its clients.
namespace=${NAMESPACE:-lasttable-real}
base=${BASE:-http://127.0.0.1:8080}
venue=chez-nous
services=(booking-service availability-service notify-service)
k() { kubectl -n "$namespace" "$@"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
said=$SECONDS
say() { printf '\n== %s s: %s\n' "$((SECONDS - said))" "$*"; }
pods() { # application
  k get pods -l "app.kubernetes.io/name=$1" --field-selector status.phase=Running \
    -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}{{"\n"}}{{end}}{{end}}'
}
address() { k get pod "$1" -o jsonpath='{.status.podIP}'; }
a_pod() { pods "$1" | head -n 1; }
rolled_out() { # applications, or all
  local each
  for each in "${@:-${services[@]}}"; do k rollout status "deployment/lasttable-$each" --timeout 5m >/dev/null; done
}
gone() { # until nothing of the release is on its way out
  local _
  for _ in $(seq 300); do
    [ -n "$(k get pods -l app.kubernetes.io/part-of=lasttable -o go-template='{{range .items}}{{if .metadata.deletionTimestamp}}x{{end}}{{end}}')" ] || return 0
    sleep 0.5
  done
  fail "pods do not go"
}
token() {
  local secret keycloak
  secret=$(k get secret lasttable-demo -o jsonpath='{.data.client-secret}' | base64 -d)
  keycloak=$(k get service lasttable-keycloak -o jsonpath='{.spec.clusterIP}')
  curl -sf -d grant_type=client_credentials -d client_id=demo -d "client_secret=$secret" \
    "http://$keycloak:8080/realms/lasttable/protocol/openid-connect/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}

# Clients that go on through all that follows; each phase becomes a row of the table.
begin_clients() { # watchers, requests a second
  coproc clients { TOKEN=$(token) exec node "$here/clients.mjs" "$base" "$venue" "$date" "$1" "$2" 2>> "$rows.log"; }
  clients_pid=$!
  row "" > /dev/null
}
row() { # name of the phase that ends
  local line
  echo "$1" >&"${clients[1]}"
  read -r -t 120 line <&"${clients[0]}" || { tail "$rows.log"; fail "the clients have ended"; }
  echo "$line"
  [ -z "$1" ] || echo "$line" >> "$rows"
}
end_clients() {
  eval "exec ${clients[1]}>&-"
  wait "$clients_pid"
}
