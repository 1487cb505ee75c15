#!/usr/bin/env bash
# Builds what helm/it/cluster.sh needs, from Go modules, into a folder; some minutes on a few cores.
#
#   helm/it/tools.sh <folder>          then: KUBE_BIN=<folder> CRDS=<folder>/crds helm/it/cluster.sh
#   helm/it/tools.sh <folder> --real   what a node needs as well: KUBE_BIN=<folder> helm/it/cluster.sh --real
#
# Needs Go, and a C compiler for --real. etcd and kubectl come from the system's packages (Debian: etcd-server, kubernetes-client).
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
real=${2:-}
command -v go >/dev/null || { echo "skipped: go is not installed"; exit 77; }
export CGO_ENABLED=0 GOFLAGS="-mod=mod ${GOFLAGS:-}"

kubernetes=1.35.4
helm=3.21.4
kwok=0.8.0
coredns=1.12.4
router=2.1.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # name, module@version, linker flags, packages...
  mkdir -p "$work/$1" && cd "$work/$1"
  [ -f go.mod ] || go mod init "example.com/$1"
  local package missing=()
  for package in "${@:4}"; do
    # v2 and the like name a version of the module, not the program.
    [ -x "$folder/$(basename "${package%/v[0-9]}")" ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  go get "$2"
  for package in "${missing[@]}"; do
    go build -ldflags "-s -w $3" -o "$folder/$(basename "${package%/v[0-9]}")" "$package"
  done
}

# Kubernetes' own go.mod finds its parts beside it; from outside, each has the version that goes with it.
module=$(go mod download -json "k8s.io/kubernetes@v$kubernetes" | sed -n 's/.*"Dir": "\(.*\)",/\1/p')
mkdir -p "$work/kubernetes" && cd "$work/kubernetes" && go mod init example.com/kubernetes
for part in $(sed -n 's|^\t\(k8s.io/[a-z0-9-]*\) => .*|\1|p' "$module/go.mod"); do
  go mod edit -replace "$part=$part@v0.${kubernetes#1.}"
done
version=k8s.io/component-base/version
IFS=. read -r major minor _ <<< "$kubernetes"
programs=(kube-apiserver kube-controller-manager kube-scheduler)
[ "$real" != --real ] || programs+=(kubelet kube-proxy)
build kubernetes "k8s.io/kubernetes@v$kubernetes" \
  "-X $version.gitVersion=v$kubernetes -X $version.gitMajor=$major -X $version.gitMinor=$minor" \
  "${programs[@]/#/k8s.io/kubernetes/cmd/}"
build helm "helm.sh/helm/v3@v$helm" "" helm.sh/helm/v3/cmd/helm
if [ "$real" = --real ]; then
  [ -x "$folder/pause" ] || cc -Os -static -o "$folder/pause" "$module/build/pause/linux/pause.c" -DVERSION=1
  build coredns "github.com/coredns/coredns@v$coredns" "" github.com/coredns/coredns
  build router "github.com/cloudnativelabs/kube-router/v2@v$router" "" github.com/cloudnativelabs/kube-router/v2/cmd/kube-router
  echo "built into $folder"
  exit 0
fi
build kwok "sigs.k8s.io/kwok@v$kwok" "" sigs.k8s.io/kwok/cmd/kwok

mkdir -p "$folder/crds"
crds() { # module@version, files in it...
  local module
  module=$(go mod download -json "$1" | sed -n 's/.*"Dir": "\(.*\)",/\1/p')
  for file in "${@:2}"; do install -m 644 "$module/$file" "$folder/crds/"; done
}
crds github.com/prometheus-operator/prometheus-operator@v0.85.0 \
  example/prometheus-operator-crd/monitoring.coreos.com_{prometheusrules,servicemonitors}.yaml
crds github.com/external-secrets/external-secrets@v1.3.2 config/crds/bases/external-secrets.io_externalsecrets.yaml
crds github.com/kedacore/keda/v2@v2.21.0 config/crd/bases/keda.sh_scaledobjects.yaml
echo "built into $folder"
