# shellcheck shell=bash disable=SC2034  # sourced by the other scripts, never run
# Settings of the testbed.
TESTBED=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
STATE=$(realpath -m "$TESTBED/.state") # a process is known by this path on its command line, also where another clone links to it
BIN=$STATE/bin
IMAGES=$STATE/images
RUN=$STATE/run          # everything that belongs to one cluster: down.sh --wipe deletes it
LOG=$RUN/log
PID=$RUN/pid
PKI=$RUN/pki
VOLUMES=$RUN/volumes
CONTAINERD_SOCKET=$RUN/containerd/containerd.sock

KUBERNETES_VERSION=$(awk '$1 == "k8s.io/kubernetes" { print substr($2, 2); exit }' "$TESTBED/k8s/go.mod")
PAUSE_IMAGE=localhost/pause:testbed

# A separate bridge has the node's address, because the API server cannot
# advertise a loopback address; nothing listens on the machine's real interfaces.
NODE_NAME=streamset-testbed
NODE_BRIDGE=testbed-node NODE_IP=10.250.0.1
POD_BRIDGE=testbed-pods POD_CIDR=10.244.0.0/24
SERVICE_CIDR=10.96.0.0/16 API_SERVICE_IP=10.96.0.1 DNS_IP=10.96.0.10
# not 2379: Debian's etcd-server package may have started an etcd of its own there
ETCD_CLIENT=http://127.0.0.1:23790 ETCD_PEER=http://127.0.0.1:23800

export KUBECONFIG=$STATE/kubeconfig KUBECACHEDIR=$RUN/kubectl
CONTEXT=streamset-testbed

: "${TESTBED_VOLUMES:=12}"
: "${TESTBED_VOLUME_SIZE:=2Gi}"
: "${TESTBED_GROWING_VOLUMES:=6}" # three pods with a volume for data and one for WAL
: "${TESTBED_GROWING_SIZE:=1Gi}"
GROWING_CLASS=local-loop-growing
