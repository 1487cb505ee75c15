#!/usr/bin/env bash
# Who reaches whom under the chart's NetworkPolicies: tries every way, prints it as a table, and fails where it is not as it should be.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/release.sh"

# What looks round, with a shell and nc, which the image of an executable has not.
container='{"name": "visitor", "image": "busybox:1.37", "command": ["sleep", "3600"],
      "securityContext": {"runAsUser": 10001, "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}'
joins() { # pod of the release: the visitor in its network, and so under its policies
  kubectl get --raw "/api/v1/namespaces/$namespace/pods/$1" \
    | python3 -c 'import json, sys; pod = json.load(sys.stdin); pod["spec"]["ephemeralContainers"] = [json.loads(sys.argv[1])]; print(json.dumps(pod))' "$container" \
    | kubectl replace --raw "/api/v1/namespaces/$namespace/pods/$1/ephemeralcontainers" -f - >/dev/null
  until_true "visitor in $1" k exec "$1" -c visitor -- true
}
visitor() { # name, namespace: a pod that is no part of the release
  kubectl -n "$2" apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  automountServiceAccountToken: false
  securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
  containers:
    - $container
YAML
  kubectl -n "$2" wait --for=condition=Ready "pod/$1" --timeout 1m >/dev/null
}
monitoring=$namespace-monitoring
kubectl get namespace "$monitoring" >/dev/null 2>&1 || kubectl create namespace "$monitoring" >/dev/null
until_true "account of $monitoring" kubectl -n "$monitoring" get serviceaccount default
visitor stranger "$namespace"
visitor prometheus "$monitoring"
trap 'k delete pod stranger --wait=false >/dev/null; kubectl -n "$monitoring" delete pod prometheus --wait=false >/dev/null' EXIT

from=(booking-service availability-service notify-service stranger prometheus)
declare -A pod=([stranger]=stranger [prometheus]=prometheus) ip
for each in "${services[@]}"; do pod[$each]=$(a_pod "$each"); joins "${pod[$each]}"; done
to=(booking-service:8081 booking-service:9000 availability-service:8082 availability-service:9000 notify-service:8083 notify-service:9000
  postgresql:5432 kafka:9092 keycloak:8080)
for each in "${to[@]}"; do ip[${each%:*}]=$(address "$(a_pod "${each%:*}")"); done

# What is allowed; all else is not. The stand-ins for databases, brokers and issuer are no part of the release and have no policies: what
# keeps a service from one of them is its own policy.
allowed=" booking-service>postgresql:5432 booking-service>kafka:9092 booking-service>keycloak:8080
 availability-service>postgresql:5432 availability-service>kafka:9092 availability-service>keycloak:8080
 notify-service>kafka:9092 notify-service>keycloak:8080 notify-service>booking-service:8081 notify-service>availability-service:8082
 stranger>postgresql:5432 stranger>kafka:9092 stranger>keycloak:8080
 prometheus>booking-service:9000 prometheus>availability-service:9000 prometheus>notify-service:9000
 prometheus>postgresql:5432 prometheus>kafka:9092 prometheus>keycloak:8080 "
opens() { # who, address, port
  local in=$namespace
  [ "$1" != prometheus ] || in=$monitoring
  kubectl -n "$in" exec "${pod[$1]}" -c visitor -- timeout 5 sh -c "nc -w 2 $2 $3 </dev/null" >/dev/null 2>&1
}
wrong=()
printf '| from, to |%s\n|%s\n' "$(printf ' %s |' "${to[@]}")" "$(printf ' --- |%.0s' "" "${to[@]}")"
for who in "${from[@]}"; do
  cells=
  for whom in "${to[@]}"; do
    [ "$who" != "${whom%:*}" ] || { cells+=" |"; continue; }
    found=-
    ! opens "$who" "${ip[${whom%:*}]}" "${whom#*:}" || found=open
    expected=-
    [[ "${allowed//$'\n'/ }" != *" $who>$whom "* ]] || expected=open
    [ "$found" = "$expected" ] || wrong+=("$who to $whom is $found")
    cells+=" $found |"
  done
  echo "| $who |$cells"
done
[ ${#wrong[@]} = 0 ] || fail "${wrong[*]}"
