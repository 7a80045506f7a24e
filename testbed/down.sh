#!/usr/bin/env bash
# Stops what up.sh started, and nothing else. The cluster's data is kept for the next up.sh;
# with --wipe it is deleted. What was built stays either way.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$TESTBED/node.sh"

case "$*" in
  '' | --wipe) ;;
  *)
    echo "usage: down.sh [--wipe]" >&2
    exit 2
    ;;
esac
need_root
lock node

if [ -d "$RUN" ]; then
  stop resizer kubelet containerd kube-router kube-proxy kube-scheduler kube-controller-manager # first those that would bring a container back
  end_containers
  stop kube-apiserver # while the pods' network still tells it that its clients are gone: it waits for them
  stop etcd
  forget_containers
  unmount_below "$VOLUMES"
  tear_down_network
  remove_cgroups
fi
if [ "${1:-}" = --wipe ]; then
  rm -rf --one-file-system "$RUN" "$KUBECONFIG" # never through a mount that should be gone
  say "the cluster's data is deleted"
fi
say "the testbed is down"
