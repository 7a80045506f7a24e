#!/usr/bin/env bash
# Starts the testbed: Kubernetes with one node, on this machine, without Docker.
# It first builds what is missing, and leaves alone what runs already.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$TESTBED/build.sh"
. "$TESTBED/certs.sh"
. "$TESTBED/node.sh"

# import_images: into containerd, unless it has them already
import_images() {
  local hash
  hash=$(cat "$TESTBED/image/archive.py" "$IMAGES"/*.hash | sha256sum)
  if [ "$(cat "$RUN/imported" 2>/dev/null)" = "$hash" ]; then return; fi
  wait_until 30 "containerd answers" containerd containerd_ctl version
  step "importing the images" "$LOG/import.log" import_archive
  echo "$hash" >"$RUN/imported"
}

containerd_ctl() { ctr --connect-timeout 5s --address "$CONTAINERD_SOCKET" --namespace k8s.io "$@"; }

import_archive() {
  set -o pipefail
  python3 "$TESTBED/image/archive.py" "$IMAGES" | containerd_ctl images import -
}

# node_is_ready SINCE: the node itself reported it after SINCE: the API server still
# has the report from before the node was stopped
node_is_ready() {
  local state seen
  read -r state seen < <(kubectl get node "$NODE_NAME" -o jsonpath='{range .status.conditions[?(@.type=="Ready")]}{.status} {.lastHeartbeatTime}{"\n"}{end}')
  [ "$state" = True ] && ! [[ $seen < $1 ]]
}

# an answer through the Service proves kube-proxy, CoreDNS and its view of the API at once
dns_is_ready() {
  timeout 2 bash -c "exec 3<>/dev/tcp/$DNS_IP/8181 && printf 'GET /ready HTTP/1.0\r\n\r\n' >&3 && grep -q ' 200 ' <&3"
}

need_root
lock node
build_all
mkdir -p "$RUN"
make_certificates
remove_policies_of_others
set_up_network
start_etcd
start_containerd
start_apiserver
import_images
wait_until 120 "API server ready" "etcd kube-apiserver" kubectl get --raw /readyz
start_controllers
"$TESTBED/volumes.sh" # mounted before the kubelet starts the pods that use them
began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
if running kubelet; then began=; fi
start resizer "$TESTBED/resizer.sh" "$VOLUMES"
start_kubelet
start_proxy
kubectl apply -f "$TESTBED/manifests/coredns.yaml" >/dev/null
wait_until 90 "node ready" "containerd kubelet" node_is_ready "$began"
wait_until 90 "DNS ready" "kube-controller-manager kube-scheduler kubelet kube-proxy" dns_is_ready
say "export KUBECONFIG=$KUBECONFIG"
