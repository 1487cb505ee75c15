# shellcheck shell=bash
# Sourced by proof.sh: each does one thing to the release under its clients and returns when all is as before.
# shellcheck disable=SC2154

# What the node's runtime does to a pod's only container; ON_NODE is what runs a command there.
runtime() { # pod, subcommand of ctr tasks...
  local container
  container=$(k get pod "$1" -o jsonpath='{.status.containerStatuses[0].containerID}')
  # shellcheck disable=SC2086
  ${ON_NODE:-} ctr --namespace k8s.io tasks "${@:2}" "${container#containerd://}"
}
# Of notify's pods the one with the most watchers, or nobody would see what happens to it.
connections() { # pod
  kubectl get --raw "/api/v1/namespaces/$namespace/pods/$1:9000/proxy/q/metrics" | sed -n 's/^lasttable_live_connections{.*} //p; s/^lasttable_live_connections //p' | awk '{ n += $1 } END { print n + 0 }'
}
victims() { # application: its pods, the busiest first
  local pod
  [ "$1" = notify-service ] || { pods "$1"; return; }
  for pod in $(pods "$1"); do echo "$(connections "$pod") $pod"; done | sort -rn | cut -d ' ' -f 2
}
victim() { victims "$1" | sed -n 1p; }
restarts() { k get pod "$1" -o jsonpath='{.status.containerStatuses[0].restartCount}'; }
has_restarted() { [ "$(restarts "$1")" -gt "$2" ]; }

# A process that is killed, as by the kernel for want of memory; one that hangs, which only the liveness probe finds out.
dies() { # application, signal
  local pod before
  pod=$(victim "$1")
  before=$(restarts "$pod")
  runtime "$pod" kill --signal "${2:-SIGKILL}"
  until_true "restart of $pod" has_restarted "$pod" "$before"
  k wait --for=condition=Ready "pod/$pod" --timeout 5m >/dev/null
}
hangs() { dies "$1" SIGSTOP; }

# All of a pod's processes stand still and go on, as on a machine that is paused.
freezes() { # application, seconds
  local pod
  pod=$(victim "$1")
  runtime "$pod" pause
  sleep "$2"
  runtime "$pod" resume
  k wait --for=condition=Ready "pod/$pod" --timeout 5m >/dev/null
}

# A pod that goes without its grace.
vanishes() { # application
  k delete pod "$(victim "$1")" --grace-period=0 --force >/dev/null 2>&1
  rolled_out "$1"
}

evict() { # pod: prints what the API server says
  printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"%s"}}' "$1" "$namespace" \
    | kubectl create --raw "/api/v1/namespaces/$namespace/pods/$1/eviction" -f - 2>&1 || true
}
evicted() { # application: one of its pods may go, a second may not before the first has a successor
  local two first second
  mapfile -t two < <(victims "$1")
  first=$(evict "${two[0]}")
  second=$(evict "${two[1]}")
  [[ $first = *Success* ]] || fail "eviction of ${two[0]}: $first"
  [[ $second = *"disruption budget"* ]] || fail "eviction of ${two[1]}: $second"
  rolled_out "$1"
  gone
}

# The only node is drained: budgets keep one pod of each service, whose successor has nowhere to go, until the node is taken back.
drained() {
  local node each
  node=$(kubectl get nodes -o jsonpath='{.items[0].metadata.name}')
  ! kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout 60s \
    --pod-selector 'app.kubernetes.io/name in (booking-service,availability-service,notify-service)' >/dev/null 2>&1 \
    || fail "the drain has taken every pod"
  for each in "${services[@]}"; do [ "$(pods "$each" | wc -l)" = 1 ] || fail "$(pods "$each" | wc -l) pods are left of $each, not one"; done
  kubectl uncordon "$node" >/dev/null
  rolled_out
  gone
}
