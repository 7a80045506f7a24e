# shellcheck shell=bash disable=SC2164  # sourced by up.sh, with set -e
# The cluster's certificate authority, the certificates and the kubeconfigs made from them.

KEY=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)

# make_pki FOLDER
make_pki() {
  mkdir -p "$1" && cd "$1"
  openssl req -x509 "${KEY[@]}" -keyout ca.key -out ca.crt -days 3650 -subj "/CN=$CONTEXT" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,digitalSignature
  openssl ecparam -name prime256v1 -genkey -noout -out service-accounts.key
  openssl pkey -in service-accounts.key -pubout -out service-accounts.pub

  certificate kube-apiserver /CN=kube-apiserver serverAuth \
    "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:$NODE_IP,IP:$API_SERVICE_IP"
  certificate kubelet-server "/CN=$NODE_NAME" serverAuth "DNS:$NODE_NAME,IP:$NODE_IP"
  certificate apiserver-to-kubelet /O=system:masters/CN=apiserver-to-kubelet clientAuth
  certificate admin /O=system:masters/CN=admin clientAuth
  certificate kube-controller-manager /CN=system:kube-controller-manager clientAuth
  certificate kube-scheduler /CN=system:kube-scheduler clientAuth
  certificate kube-proxy /CN=system:kube-proxy clientAuth
  certificate kubelet "/O=system:nodes/CN=system:node:$NODE_NAME" clientAuth
}

# certificate NAME SUBJECT USAGE [ALTERNATIVE-NAMES]: NAME.key and NAME.crt in the current folder
certificate() {
  openssl req "${KEY[@]}" -keyout "$1.key" -out "$1.csr" -subj "$2"
  printf '%s\n' keyUsage=critical,digitalSignature "extendedKeyUsage=$3" ${4:+"subjectAltName=$4"} >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile "$1.ext" -out "$1.crt"
  rm "$1.csr" "$1.ext"
}

# kubeconfig CERTIFICATE FILE
kubeconfig() {
  put "$2" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: $CONTEXT, cluster: {server: "https://$NODE_IP:6443", certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")}}]
users: [{name: $CONTEXT, user: {client-certificate-data: $(base64 -w0 "$PKI/$1.crt"), client-key-data: $(base64 -w0 "$PKI/$1.key")}}]
contexts: [{name: $CONTEXT, context: {cluster: $CONTEXT, user: $CONTEXT}}]
current-context: $CONTEXT
YAML
}

make_certificates() {
  if ! [ -d "$PKI" ]; then
    rm -rf "$PKI.new"
    step "making the certificates" "$LOG/pki.log" make_pki "$PKI.new"
    mv "$PKI.new" "$PKI"
  fi
  local name
  for name in kube-controller-manager kube-scheduler kube-proxy kubelet; do kubeconfig "$name" "$PKI/$name.kubeconfig"; done
  kubeconfig admin "$KUBECONFIG"
}
