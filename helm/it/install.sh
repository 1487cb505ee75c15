#!/usr/bin/env bash
# Installs the chart on a real API server: `helm` and `kubectl` on the path, and a context that may be used for it.
#
#   helm/it/install.sh                 checks every example against the API server, changes nothing
#   helm/it/install.sh --for-real      installs the demo in a namespace of its own, tests it, upgrades it, removes it
#
# The images must be where the cluster can pull them: IMAGES (default lasttable, the first part of their names), TAG.
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in helm kubectl; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
kubectl version >/dev/null 2>&1 || { echo "skipped: no API server answers in this context"; exit 77; }
namespace=lasttable-it-$$
trap 'kubectl delete namespace "$namespace" --ignore-not-found --wait=false >/dev/null' EXIT
kubectl create namespace "$namespace"
kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted
for secret in lasttable-booking-database lasttable-availability-database; do
  kubectl -n "$namespace" create secret generic "$secret" --from-literal=username=u --from-literal=password=p
done
kubectl -n "$namespace" create secret generic lasttable-watch-token \
  --from-literal=watch-token-key="$(head -c 36 /dev/urandom | base64)"

helm lint --strict helm
echo "== defaults, against the API server's schema and admission"
helm template lasttable ./helm -n "$namespace" | kubectl -n "$namespace" apply --dry-run=server --validate=strict -f -
echo "== demo"
helm template lasttable ./helm -n "$namespace" -f helm/values-demo.yaml \
  | kubectl -n "$namespace" apply --dry-run=server --validate=strict -f -

if [ "${1:-}" = --for-real ]; then
  set_images=()
  for service in booking availability notify; do
    set_images+=(--set "$service.image.repository=${IMAGES:-lasttable}/$service-service")
  done
  [ -z "${TAG:-}" ] || set_images+=(--set "images.tag=$TAG")
  helm install lasttable ./helm -n "$namespace" -f helm/values-demo.yaml "${set_images[@]}" --wait --timeout 15m
  helm test lasttable -n "$namespace"
  helm upgrade lasttable ./helm -n "$namespace" -f helm/values-demo.yaml "${set_images[@]}" \
    --set notify.replicas=3 --wait --timeout 15m
  helm test lasttable -n "$namespace"
  helm uninstall lasttable -n "$namespace" --wait
fi
echo "== done"
