#!/usr/bin/env bash
# Runs an S3 server on the testbed, which up.sh has started, for streamset:backup: with TLS, in a namespace of its own. It makes the
# bucket, and prints how to reach it. The objects outlive the pod. With --stop they go too.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$TESTBED/certs.sh"

NAMESPACE=streamset-s3
ENDPOINT=s3.$NAMESPACE.svc
BUCKET=wal
REGION=us-east-1
KEY_ID=testbed
SECRET_KEY=secret-of-testbed
STORE=$RUN/s3
METADATA=$RUN/s3-metadata # beside the objects: without it, those that come in parts are refused

# make_certificate FOLDER: signed by the cluster's own authority
make_certificate() {
  cd "$1"
  certificate s3 /CN=s3 serverAuth "DNS:$ENDPOINT,DNS:$ENDPOINT.cluster.local"
}

# It is the machine's root, as it writes a folder of the machine.
declare_server() {
  kubectl create namespace "$NAMESPACE" --dry-run=client -o yaml | kubectl apply -f -
  kubectl -n "$NAMESPACE" create secret tls s3 --cert="$PKI/s3.crt" --key="$PKI/s3.key" --dry-run=client -o yaml | kubectl apply -f -
  kubectl -n "$NAMESPACE" apply -f - <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: s3}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector: {matchLabels: {app: s3}}
  template:
    metadata: {labels: {app: s3}}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 2
      containers:
      - name: versitygw
        image: localhost/versitygw:testbed
        imagePullPolicy: Never
        args: [--port=:7070, --region=$REGION, --cert=/tls/tls.crt, --key=/tls/tls.key, --quiet, posix, --sidecar=/metadata, /store]
        env: [{name: ROOT_ACCESS_KEY_ID, value: $KEY_ID}, {name: ROOT_SECRET_ACCESS_KEY, value: $SECRET_KEY}]
        ports: [{containerPort: 7070, name: https}]
        readinessProbe: {tcpSocket: {port: https}, periodSeconds: 1}
        resources: {limits: {memory: 256Mi}, requests: {cpu: 10m, memory: 64Mi}}
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, readOnlyRootFilesystem: true}
        volumeMounts: [{name: tls, mountPath: /tls, readOnly: true}, {name: store, mountPath: /store}, {name: metadata, mountPath: /metadata}]
      volumes:
      - {name: tls, secret: {secretName: s3}}
      - {name: store, hostPath: {path: "$STORE", type: Directory}}
      - {name: metadata, hostPath: {path: "$METADATA", type: Directory}}
---
apiVersion: v1
kind: Service
metadata: {name: s3}
spec:
  selector: {app: s3}
  ports: [{port: 443, targetPort: https}]
YAML
}

server_is_ready() { [ "$(kubectl -n "$NAMESPACE" get deployment s3 -o 'jsonpath={.status.readyReplicas}')" = 1 ]; }

namespace_is_gone() { ! kubectl get namespace "$NAMESPACE" -o name; }

case "$*" in
  '' | --stop) ;;
  *)
    echo "usage: s3.sh [--stop]" >&2
    exit 2
    ;;
esac
need_root
lock s3
kubectl get --raw /readyz >/dev/null || die "the testbed does not run: start it with testbed/up.sh"
if [ "${1:-}" = --stop ]; then
  kubectl delete namespace "$NAMESPACE" --ignore-not-found --wait=false >/dev/null
  wait_until 60 "S3 server stopped" kube-controller-manager namespace_is_gone
  rm -rf "$STORE" "$METADATA"
  exit
fi
if ! [ -e "$PKI/s3.crt" ]; then step "making the certificate" "$LOG/s3-pki.log" make_certificate "$PKI"; fi
mkdir -p "$STORE/$BUCKET" "$METADATA"
declare_server >/dev/null
wait_until 60 "S3 server ready" kubelet server_is_ready
cat <<FACTS
endpoint=$ENDPOINT
bucket=$BUCKET
region=$REGION
access-key-id=$KEY_ID
secret-access-key=$SECRET_KEY
ca=$PKI/ca.crt
store=$STORE
FACTS
