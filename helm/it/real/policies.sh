#!/usr/bin/env bash
# Who reaches whom under the chart's NetworkPolicies: tries every way, and fails where it is not as it should be.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/release.sh"

k get pod stranger >/dev/null 2>&1 || k apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: {name: stranger}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: stranger
      image: busybox:1.37
      command: [sleep, "3600"]
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
YAML
k wait --for=condition=Ready pod/stranger --timeout 1m >/dev/null
declare -A where=([postgresql]=5432 [kafka]=9092 [keycloak]=8080 [booking-service]=8081 [availability-service]=8082 [notify-service]=8083)
declare -A from=([stranger]=stranger)
for each in "${services[@]}"; do from[$each]=$(a_pod "$each"); done

# What is allowed; all else is not. The stand-ins for databases and brokers are no part of the release and have no policies.
allowed="
stranger postgresql
stranger kafka
stranger keycloak
booking-service postgresql
booking-service kafka
booking-service keycloak
availability-service postgresql
availability-service kafka
availability-service keycloak
notify-service kafka
notify-service keycloak
notify-service booking-service
notify-service availability-service"
said_to=$(mktemp)
trap 'rm -f "$said_to"' EXIT
wrong=0
for who in "${!from[@]}"; do
  for whom in "${!where[@]}"; do
    [ "$who" != "$whom" ] || continue
    expected=closed
    [[ "$allowed"$'\n' != *$'\n'"$who $whom"$'\n'* ]] || expected=open
    found=closed
    ! k exec "${from[$who]}" -- timeout 3 nc -w 2 "$(address "$(a_pod "$whom")")" "${where[$whom]}" </dev/null >/dev/null 2>&1 || found=open
    [ $found = $expected ] || wrong=1
    printf '%-22s -> %-22s %s%s\n' "$who" "$whom" "$found" "$([ $found = $expected ] || echo ", and should be $expected")"
  done
done > "$said_to"
sort "$said_to"
k delete pod stranger --wait=false >/dev/null
exit $wrong
