#!/usr/bin/env bash
# Has the testbed, which up.sh has started, enforce NetworkPolicies. It first builds what is missing, and leaves alone
# what runs already. With --stop, or down.sh, nothing enforces them any more.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$TESTBED/build.sh"
. "$TESTBED/certs.sh"
. "$TESTBED/node.sh"

# Only this needs them, so a testbed without it does not install them.
PACKAGES+=(iptables ipset)

build_kube_router() {
  need_go
  cd "$TESTBED/policies"
  nice go build -v -buildvcs=false -ldflags "-s -w" -o "$1" .
}

# make_certificate FOLDER: the one of kube-router, of which a testbed that was made without it has none
make_certificate() {
  cd "$1"
  certificate kube-router /CN=kube-router clientAuth
}

start_kube_router() {
  if ! [ -e "$PKI/kube-router.crt" ]; then step "making the certificate" "$LOG/kube-router-pki.log" make_certificate "$PKI"; fi
  kubeconfig kube-router "$PKI/kube-router.kubeconfig"
  kubectl apply -f "$TESTBED/manifests/kube-router.yaml" >/dev/null
  # --netpol-default-deny lets nothing in or out of a pod before its rules are there, if it knows which addresses pods have
  kubectl annotate --overwrite node "$NODE_NAME" "kube-router.io/pod-cidrs=$POD_CIDR" >/dev/null
  start kube-router "$BIN/kube-router" --kubeconfig="$PKI/kube-router.kubeconfig" --hostname-override="$NODE_NAME" \
    --service-cluster-ip-range="$SERVICE_CIDR" --netpol-default-deny=true
}

# CoreDNS always has a pod, so the first rules of a pod mean that all pods have theirs.
pods_have_rules() { iptables-save -t filter | grep '^:KUBE-POD-FW-' >/dev/null; }

case "$*" in
  '' | --stop) ;;
  *)
    echo "usage: policies.sh [--stop]" >&2
    exit 2
    ;;
esac
need_root
lock node
if [ "${1:-}" = --stop ]; then
  stop kube-router
  remove_policies
  exit
fi
kubectl get --raw /readyz >/dev/null || die "the testbed does not run: start it with testbed/up.sh"
install_missing_packages
built "$BIN/kube-router" "building kube-router (about 6 minutes the first time)" \
  build_kube_router "$TESTBED"/policies/* "$TESTBED/policies.sh"
start_kube_router
wait_until 30 "NetworkPolicies enforced" kube-router pods_have_rules
