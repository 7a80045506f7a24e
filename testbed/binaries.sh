# shellcheck shell=bash disable=SC2164  # sourced by build.sh, with set -e
# The Go programs. No -trimpath and the default caches: a machine that has compiled
# these modules once only links them again. -v names the package being compiled.
export CGO_ENABLED=0
PROGRAMS=(kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl)

need_go() {
  command -v go >/dev/null || die "no go on PATH: install Go 1.26 or newer (Debian's own is too old)"
}

build_kubernetes() {
  need_go
  local version=k8s.io/component-base/version minor=${KUBERNETES_VERSION#*.}
  # without them the node reports v0.0.0-master
  local stamps=(-X "$version.gitVersion=v$KUBERNETES_VERSION" -X "$version.gitMajor=1"
    -X "$version.gitMinor=${minor%.*}" -X "$version.gitTreeState=clean")
  cd "$TESTBED/k8s"
  nice go build -v -buildvcs=false -ldflags "-s -w ${stamps[*]}" -o "$1" .
}

link_programs() {
  local program
  for program in "${PROGRAMS[@]}"; do ln -sfn onenode "$BIN/$program"; done
}

build_coredns() {
  need_go
  cd "$TESTBED/coredns"
  nice go build -v -buildvcs=false -ldflags "-s -w" -o "$1" .
}
