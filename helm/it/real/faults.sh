# shellcheck shell=bash
# Sourced by proof.sh: each does one thing to the release under its clients and returns when all is as before.

# What the node's runtime does to the first process of a pod's only container; ON_NODE is what runs a command there.
signal() { # pod, signal
  local container
  container=$(k get pod "$1" -o jsonpath='{.status.containerStatuses[0].containerID}')
  ${ON_NODE:-} ctr --namespace k8s.io tasks kill --signal "$2" "${container#containerd://}"
}
restarts() { k get pod "$1" -o jsonpath='{.status.containerStatuses[0].restartCount}'; }
restarted() { # pod, restarts before
  local _
  for _ in $(seq 600); do
    [ "$(restarts "$1")" -le "$2" ] || { k wait --for=condition=Ready "pod/$1" --timeout 5m >/dev/null; return; }
    sleep 0.5
  done
  fail "$1 is not restarted"
}

# A process that is killed, as by the kernel for want of memory; one that hangs, which only the liveness probe finds out.
dies() { # application
  local pod before
  pod=$(a_pod "$1")
  before=$(restarts "$pod")
  signal "$pod" "${2:-SIGKILL}"
  restarted "$pod" "$before"
}
hangs() { dies "$1" SIGSTOP; }

# A pod that is gone without a word, as with its node.
vanishes() { # application
  k delete pod "$(a_pod "$1")" --grace-period=0 --force >/dev/null 2>&1
  rolled_out "$1"
}

evict() { # pod: prints what the API server says
  printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"%s"}}' "$1" "$namespace" \
    | kubectl create --raw "/api/v1/namespaces/$namespace/pods/$1/eviction" -f - 2>&1 || true
}
evicted() { # application: one of its pods may go, a second may not before the first has a successor
  local two first second
  mapfile -t two < <(pods "$1")
  first=$(evict "${two[0]}")
  second=$(evict "${two[1]}")
  [[ $first = *Success* ]] || fail "eviction of ${two[0]}: $first"
  [[ $second = *"disruption budget"* ]] || fail "eviction of ${two[1]}: $second"
  rolled_out "$1"
  gone
}

# The only node is drained: budgets keep one pod of each service, which has nowhere to go, until the node is taken back.
drained() {
  local node
  node=$(kubectl get nodes -o jsonpath='{.items[0].metadata.name}')
  kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout 45s \
    --pod-selector 'app.kubernetes.io/name in (booking-service,availability-service,notify-service)' >/dev/null 2>&1 \
    && fail "the drain has taken every pod"
  for each in "${services[@]}"; do [ "$(pods "$each" | wc -l)" -ge 1 ] || fail "nothing is left of $each"; done
  kubectl uncordon "$node" >/dev/null
  rolled_out
  gone
}
