#!/usr/bin/env bash
# Installs the chart on a real API server: helm and kubectl on the path, and a context that may be used for it.
#
#   helm/it/install.sh                 checks every example against the API server, changes nothing
#   helm/it/install.sh --for-real      installs the demo in a namespace of its own, tests it, upgrades it, removes it
#
# The images must be where the cluster can pull them: REGISTRY (--for-real), IMAGES (default lasttable, the first part of
# their names), TAG, PULL (when; default as in the chart).
# FAKE_NODES=true (helm/it/cluster.sh): pods run nothing, so the defaults are installed as well, whose database is nowhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in helm kubectl; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
[ "${1:-}" != --for-real ] || [ -n "${FAKE_NODES:-}" ] || : "${REGISTRY:?the registry that the cluster pulls the images from}"
kubectl version >/dev/null 2>&1 || { echo "skipped: no API server answers in this context"; exit 77; }
namespace=lasttable-it-$$
said=$(mktemp)
filled=$(mktemp)
trap 'rm -f "$said" "$filled"; kubectl delete namespace "$namespace" --ignore-not-found --wait=false >/dev/null' EXIT

say() { printf '\n== %s\n' "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
k() { kubectl -n "$namespace" "$@"; }

kubectl create namespace "$namespace" >/dev/null
for _ in $(seq 60); do k get serviceaccount default >/dev/null 2>&1 && break; sleep 1; done
# `warn` makes the API server speak about the pods that Deployments and Jobs would make; `enforce` sees pods alone.
kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/warn=restricted >/dev/null
for secret in lasttable-booking-database lasttable-availability-database; do
  k create secret generic "$secret" --from-literal=username=u --from-literal=password=p >/dev/null
done
k create secret generic lasttable-watch-token --from-literal=watch-token-key="$(head -c 36 /dev/urandom | base64)" >/dev/null
k create configmap rds-ca --from-literal=ca.pem=none >/dev/null

images=(--set "images.registry=${REGISTRY:-registry.example.com}")
for service in booking availability notify; do
  images+=(--set "$service.image.repository=${IMAGES:-lasttable}/$service-service")
done
[ -z "${TAG:-}" ] || images+=(--set "images.tag=$TAG")
[ -z "${PULL:-}" ] || images+=(--set "images.pullPolicy=$PULL")
sed 's/<[a-z-]*>/filled-in/g' helm/values-eks.yaml > "$filled"
eks=(-f "$filled" --set images.registry=example.com)
has() { [ -n "$(kubectl api-resources -o name --api-group "$1")" ]; }
has external-secrets.io || { echo "without External Secrets"; eks+=(--set externalSecrets.enabled=false); }
has monitoring.coreos.com || { echo "without Prometheus Operator"
  eks+=(--set monitoring.serviceMonitor.enabled=false --set monitoring.prometheusRule.enabled=false); }
# Installed without it: nobody here acts on a ScaledObject.
keda=("${eks[@]}")
eks+=(--set notify.autoscaling.keda.enabled=false)

accepted() { # what, options of helm...
  say "$1: the API server's schema and admission"
  helm template lasttable ./helm -n "$namespace" --validate "${@:2}" \
    | k apply --dry-run=server --validate=strict -f - > "$said" 2>&1 || { cat "$said"; fail "$1 is refused"; }
  ! grep Warning "$said" || fail "$1 is accepted with a warning"
  echo "$(wc -l < "$said") objects accepted"
}
helm lint --strict helm "${images[@]}"
accepted defaults "${images[@]}"
accepted demo -f helm/values-demo.yaml "${images[@]}"
accepted eks "${eks[@]}"
! has keda.sh || accepted "eks with KEDA" "${keda[@]}" --set availability.autoscaling.keda.enabled=true
! has gateway.networking.k8s.io || accepted "with a Gateway" "${images[@]}" --set gateway.enabled=true --set 'gateway.parentRefs[0].name=public' \
  --set 'networkPolicy.ingressCidrs={10.0.0.0/16}'
say "EKS values that nobody filled in are refused"
! helm install lasttable ./helm -n "$namespace" -f helm/values-eks.yaml --dry-run=server > "$said" 2>&1 || fail "they are installed"
grep 'the values still have .*<account>' "$said" || { cat "$said"; fail "they are refused for something else"; }
[ "${1:-}" = --for-real ] || { say "done"; exit 0; }

# A rollout may at no moment leave fewer pods available than there should be.
upgraded() { # options of helm...
  k rollout status deployment -l app.kubernetes.io/part-of=lasttable --timeout 5m >/dev/null
  kubectl -n "$namespace" get deployments -l app.kubernetes.io/part-of=lasttable -w -o go-template='{{.metadata.name}} {{.spec.replicas}} {{or .status.availableReplicas 0}} {{or .status.replicas 0}}{{"\n"}}' > "$said" &
  local watcher=$!
  helm upgrade lasttable ./helm -n "$namespace" "$@" --wait --timeout 15m >/dev/null
  kill "$watcher"
  wait "$watcher" 2>/dev/null || true
  awk '$3 < $2 { print "too few: " $0; bad = 1 } $4 > $2 { surged = 1 } END { exit bad || !surged }' "$said" \
    || { cat "$said"; fail "a rollout took pods away before new ones were ready, or did not surge"; }
  echo "$(sort -u "$said" | wc -l) states seen on the way, none with too few pods"
}

# Two voluntary evictions from one service, with no room for a pod that would replace the first.
budgeted() { # application
  local pods
  mapfile -t pods < <(k get pods -l "app.kubernetes.io/name=$1" -o name)
  kubectl get nodes -o name | xargs -n 1 kubectl cordon >/dev/null
  local answers=""
  for pod in "${pods[@]:0:2}"; do
    pod=${pod#pod/}
    answers+=$(printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"%s"}}' "$pod" "$namespace" \
      | kubectl create --raw "/api/v1/namespaces/$namespace/pods/$pod/eviction" -f - 2>&1 || true)" | "
  done
  kubectl get nodes -o name | xargs -n 1 kubectl uncordon >/dev/null
  case $answers in
    *Success*"violate the pod's disruption budget"*) echo "$1: one may be evicted, two may not" ;;
    *) fail "evictions of $1: $answers" ;;
  esac
  k rollout status "deployment/lasttable-$1" --timeout 5m >/dev/null
}

removed() {
  helm uninstall lasttable -n "$namespace" --wait >/dev/null
  # As docs/deployment/eks.md says: Helm leaves hooks behind, and these are hooks, so that provision meets its Secrets.
  ! has external-secrets.io || k delete externalsecret -l app.kubernetes.io/part-of=lasttable >/dev/null
  local kinds left
  kinds=$(kubectl api-resources --verbs=list --namespaced -o name | grep -v -e '^events' -e '^endpoints$' | paste -sd,)
  for _ in $(seq 60); do
    left=$(k get "$kinds" -l app.kubernetes.io/instance=lasttable --ignore-not-found -o name)
    [ -n "$left" ] || { echo "nothing is left"; return; }
    sleep 1
  done
  fail "left after uninstall: $left"
}

installed() { # what, options of helm...
  say "$1: install"
  helm install lasttable ./helm -n "$namespace" "${@:2}" --wait --timeout 15m >/dev/null
  k get deployments -l app.kubernetes.io/part-of=lasttable
  say "$1: helm test"
  helm test lasttable -n "$namespace" | grep Phase
}

installed demo -f helm/values-demo.yaml "${images[@]}"
say "demo: upgrade"
upgraded -f helm/values-demo.yaml "${images[@]}" --set-string booking.podAnnotations.rollout=again \
  --set-string notify.podAnnotations.rollout=again
say "demo: uninstall"
removed

if [ "${FAKE_NODES:-}" = true ]; then
  for variant in defaults eks; do
    options=("${images[@]}")
    [ "$variant" = defaults ] || options=("${eks[@]}")
    installed "$variant" "${options[@]}"
    # An autoscaler finds one replica and makes the least of it.
    [ "$variant" = defaults ] \
      || k wait --for=jsonpath='{.spec.replicas}'=3 deployment -l app.kubernetes.io/part-of=lasttable --timeout 2m >/dev/null
    k rollout status deployment -l app.kubernetes.io/part-of=lasttable --timeout 5m >/dev/null
    for service in booking-service availability-service notify-service; do budgeted "$service"; done
    say "$variant: upgrade"
    upgraded "${options[@]}" --set images.tag=next
    say "$variant: uninstall"
    removed
  done
fi
say "done"
