#!/usr/bin/env bash
# One Kubernetes node (control plane and kubelet) in namespaces of its own: mounts, network, processes, host name.
# Nothing of it can be reached from outside, and all of it ends with its first process.
#
#   node.sh start | enter command... | stop
#
# KUBE_BIN: the programs of helm/it/tools.sh --real. NODE_DATA: the folder of helm/it/real/images.sh. One node at a time in it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
node=$NODE_DATA/node
# The kubelet's pods are put below this group; a machine with cgroup v2 has no folder for each controller.
group=lasttable-it
controllers() { for procs in /sys/fs/cgroup/*/cgroup.procs; do dirname "$procs"; done; }
outer() { # the process that the node began with, unless its number is somebody else's by now
  local pid since
  read -r pid since 2>/dev/null < "$node/pid" || return 0
  [ "$(started "$pid")" != "$since" ] || echo "$pid"
}
started() { awk '{print $22}' "/proc/$1/stat" 2>/dev/null || true; }
first() { # of the node's processes, as this side numbers them
  local pid children
  pid=$(outer)
  [ -z "$pid" ] || { children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null) && echo "${children%% *}"; }
}
used() { for controller in $(controllers); do find "$controller/$group" -name cgroup.procs -exec cat {} + 2>/dev/null; done; }

case $1 in
  start)
    [ -z "$(first)" ] || { echo "a node runs already in $NODE_DATA"; exit 1; }
    [ -z "$(used)" ] || { echo "a node runs already on this machine"; exit 1; }
    rm -rf "$node"
    mkdir -p "$node"
    for controller in $(controllers); do mkdir -p "$controller/$group"; done
    # A group of cpuset starts without cpus and takes no process until it has some.
    for setting in cpuset.cpus cpuset.mems; do
      cat "/sys/fs/cgroup/cpuset/$setting" > "/sys/fs/cgroup/cpuset/$group/$setting"
    done
    # As much as a node with these cores has: else all of it would weigh as much as one process beside it.
    echo $((1024 * $(nproc))) > "/sys/fs/cgroup/cpu/$group/cpu.shares"
    CGROUP=$group setsid unshare --mount --net --uts --pid --fork --kill-child --mount-proc bash "$here/node-main.sh" > "$node/main.log" 2>&1 < /dev/null &
    outer=$!
    echo "$outer $(started "$outer")" > "$node/pid"
    for _ in $(seq 600); do
      [ ! -e "$node/ready" ] || exit 0
      kill -0 "$outer" 2>/dev/null || break
      sleep 0.5
    done
    tail -n 20 "$node/main.log"
    "$0" stop
    exit 1 ;;
  enter)
    exec nsenter -t "$(first)" -m -n -u -p env KUBECONFIG="$node/kubeconfig" PATH="$KUBE_BIN:$PATH:/usr/sbin" "${@:2}" ;;
  stop)
    outer=$(outer)
    [ -z "$outer" ] || kill -KILL "$outer" 2>/dev/null || true
    rm -f "$node/pid"
    # The groups can go once the kernel has ended the last process in them.
    for _ in $(seq 40); do
      left=0
      for controller in $(controllers); do
        [ ! -d "$controller/$group" ] || find "$controller/$group" -depth -type d -exec rmdir {} + 2>/dev/null || left=1
      done
      [ $left = 1 ] || exit 0
      sleep 0.25
    done
    echo "processes of the node are left in the control groups $group"
    exit 1 ;;
esac
