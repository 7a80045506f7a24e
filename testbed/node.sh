# shellcheck shell=bash  # sourced by up.sh and down.sh
# The parts of the Kubernetes node: each function starts or sets up one, and leaves what exists already.

# Changes that Kubernetes or its network needs on the machine; down.sh reverts them.
SYSCTLS=(net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables vm.overcommit_memory kernel.panic kernel.panic_on_oops)

set_up_network() {
  local module before=$RUN/sysctl.before
  for module in overlay br_netfilter loop; do modprobe -q "$module" || :; done # absent where the kernel has them built in
  if ! [ -e "$before" ]; then
    sysctl "${SYSCTLS[@]}" >"$before.new"
    mv "$before.new" "$before"
  fi
  # pods of one bridge answer each other directly; the answer must pass the NAT of Services all the same
  sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
  if ! ip link show "$NODE_BRIDGE" >/dev/null 2>&1; then ip link add "$NODE_BRIDGE" type bridge; fi
  ip address replace "$NODE_IP/32" dev "$NODE_BRIDGE"
  ip link set "$NODE_BRIDGE" up
}

# remove_policies: the rules that kube-router leaves behind when it ends; they would keep pods apart that it has never seen
remove_policies() {
  local set
  if ! policies_in_force; then return; fi
  iptables-save -t filter | grep -vE '(:| )KUBE-(ROUTER|POD-FW|NWPLCY)-' | iptables-restore -T filter
  for set in $(ipset list -n | grep -E '^(kube-router-|KUBE-(SRC|DST)-)' || :); do ipset destroy "$set"; done
  if policies_in_force; then die "kube-router's rules are still there: iptables-save -t filter"; fi
}

policies_in_force() { iptables-save -t filter 2>/dev/null | grep KUBE-ROUTER >/dev/null; }

# Of a testbed that was not stopped, in another folder perhaps. Whoever runs kube-router would get its rules back.
remove_policies_of_others() {
  local pid
  if running kube-router || ! policies_in_force; then return; fi
  if pid=$(pgrep -x kube-router); then
    die "the NetworkPolicies of another cluster are enforced on this machine, and would keep pods apart: end kube-router first (pid ${pid//$'\n'/, })"
  fi
  remove_policies
  say "rules of a kube-router that has ended are removed"
}

tear_down_network() {
  local family bridge
  remove_policies
  for family in ip ip6; do nft delete table "$family" kube-proxy 2>/dev/null || :; done
  for bridge in "$POD_BRIDGE" "$NODE_BRIDGE"; do
    if ip link show "$bridge" >/dev/null 2>&1; then ip link delete "$bridge"; fi
  done
  if [ -e "$RUN/sysctl.before" ]; then
    sysctl -qp "$RUN/sysctl.before"
    rm "$RUN/sysctl.before"
  fi
}

start_etcd() {
  # a single member need not wait for others: the default timings would only delay its election by a second
  start etcd /usr/bin/etcd --data-dir "$RUN/etcd" --logger zap --log-level warn \
    --listen-client-urls "$ETCD_CLIENT" --advertise-client-urls "$ETCD_CLIENT" \
    --listen-peer-urls "$ETCD_PEER" --initial-advertise-peer-urls "$ETCD_PEER" --initial-cluster "default=$ETCD_PEER" \
    --heartbeat-interval 20 --election-timeout 100
}

start_containerd() {
  put "$RUN/cni/net.d/$NODE_NAME.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "$NODE_NAME", "plugins": [
  {"type": "bridge", "bridge": "$POD_BRIDGE", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$RUN/cni/addresses", "ranges": [[{"subnet": "$POD_CIDR"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
JSON
  # restrict_oom_score_adj and the like: this machine may lack CAP_SYS_RESOURCE and AppArmor
  put "$RUN/containerd/config.toml" <<TOML
version = 2
root = "$RUN/containerd/root"
state = "$RUN/containerd/state"
[grpc]
  address = "$CONTAINERD_SOCKET"
[plugins."io.containerd.internal.v1.opt"]
  path = "$RUN/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  netns_mounts_under_state_dir = true
  restrict_oom_score_adj = true
  disable_apparmor = true
  disable_hugetlb_controller = true
  tolerate_missing_hugetlb_controller = true
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = "$RUN/runc"
      SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$RUN/cni/net.d"
TOML
  if ! running containerd; then forget_containers; fi
  start containerd /usr/bin/containerd --config "$RUN/containerd/config.toml"
}

start_apiserver() {
  start kube-apiserver "$BIN/kube-apiserver" --etcd-servers="$ETCD_CLIENT" \
    --bind-address="$NODE_IP" --advertise-address="$NODE_IP" --secure-port=6443 \
    --tls-cert-file="$PKI/kube-apiserver.crt" --tls-private-key-file="$PKI/kube-apiserver.key" --client-ca-file="$PKI/ca.crt" \
    --service-cluster-ip-range="$SERVICE_CIDR" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --allow-privileged=true --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$PKI/service-accounts.pub" --service-account-signing-key-file="$PKI/service-accounts.key" \
    --kubelet-certificate-authority="$PKI/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --kubelet-client-certificate="$PKI/apiserver-to-kubelet.crt" --kubelet-client-key="$PKI/apiserver-to-kubelet.key" \
    --endpoint-reconciler-type=master-count --profiling=false
}

start_controllers() {
  start kube-controller-manager "$BIN/kube-controller-manager" --kubeconfig="$PKI/kube-controller-manager.kubeconfig" \
    --bind-address=127.0.0.1 --leader-elect=false --use-service-account-credentials=true --allocate-node-cidrs=false \
    --service-account-private-key-file="$PKI/service-accounts.key" --root-ca-file="$PKI/ca.crt" \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
    --flex-volume-plugin-dir="$RUN/flex" --profiling=false \
    --kube-api-qps=200 --kube-api-burst=400 # with the default of 20 the last controller starts 5 s after the first
  start kube-scheduler "$BIN/kube-scheduler" --kubeconfig="$PKI/kube-scheduler.kubeconfig" \
    --bind-address=127.0.0.1 --leader-elect=false --profiling=false
}

start_kubelet() {
  put "$RUN/resolv.conf" <<<'nameserver 127.0.0.1' # of pods that do not use the cluster's DNS: they find nobody
  # KubeletInUserNamespace: continue on machines where even root cannot change some kernel settings
  put "$RUN/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NODE_IP
healthzBindAddress: 127.0.0.1
tlsCertFile: $PKI/kubelet-server.crt
tlsPrivateKeyFile: $PKI/kubelet-server.key
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $PKI/ca.crt}}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix://$CONTAINERD_SOCKET
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
featureGates: {KubeletInUserNamespace: true}
makeIPTablesUtilChains: false
clusterDomain: cluster.local
clusterDNS: [$DNS_IP]
resolvConf: $RUN/resolv.conf
podLogsDir: $RUN/pods
volumePluginDir: $RUN/flex
nodeStatusUpdateFrequency: 5s
syncFrequency: 10s # a changed ConfigMap reaches its pods sooner than after the usual minute
imageGCHighThresholdPercent: 100 # nothing could bring a deleted image back
evictionHard: {memory.available: 200Mi, nodefs.available: 1%, nodefs.inodesFree: 1%, imagefs.available: 1%}
YAML
  start kubelet "$BIN/kubelet" --config="$RUN/kubelet.yaml" --kubeconfig="$PKI/kubelet.kubeconfig" \
    --root-dir="$RUN/kubelet" --node-ip="$NODE_IP" --hostname-override="$NODE_NAME" --v=2
}

start_proxy() {
  put "$RUN/kube-proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: {kubeconfig: $PKI/kube-proxy.kubeconfig}
mode: nftables
hostnameOverride: $NODE_NAME
bindAddress: $NODE_IP
clusterCIDR: $POD_CIDR
nodePortAddresses: [$NODE_IP/32]
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s} # leave the machine's own
YAML
  start kube-proxy "$BIN/kube-proxy" --config="$RUN/kube-proxy.yaml" --v=2
}

# containers [all]: the pids of the containers of our shims; without "all" not the pause programs, which keep the pods' namespaces
containers() {
  local keepers
  keepers=$(shims | paste -sd,)
  if [ -n "$keepers" ]; then ps -o pid=,comm= --ppid "$keepers" | awk -v all="${1:-}" 'all || $2 != "pause" { print $1 }'; fi
}

# signal SIGNAL PID...: some may have ended already
signal() { if [ "$#" -gt 1 ]; then kill "-$1" "${@:2}" 2>/dev/null || :; fi; }

# gone SECONDS COMMAND...: wait until the command, which lists pids, lists none
gone() {
  local limit=$((SECONDS + $1))
  while [ -n "$("${@:2}")" ]; do
    ((SECONDS <= limit)) || return 1
    sleep 0.1
  done
}

# end_containers: once kubelet and containerd are stopped nothing brings them back.
end_containers() {
  if [ -z "$(shims)" ]; then return; fi
  # shellcheck disable=SC2046  # pids: a word each
  {
    signal INT $(containers) # PostgreSQL's fast shutdown
    gone 5 containers || :
    signal KILL $(containers all)
    gone 5 containers all || die "containers do not end: $(containers all | paste -sd' ')"
    signal KILL $(shims)
    gone 5 shims || die "containerd's shims do not end: $(shims | paste -sd' ')"
  }
  say "containers ended"
}

remove_cgroups() {
  local folder
  for folder in /sys/fs/cgroup/kubepods /sys/fs/cgroup/*/kubepods; do
    if [ -d "$folder" ]; then find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || :; fi # one in use is not ours
  done
}
