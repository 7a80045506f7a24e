# shellcheck shell=bash  # sourced by build.sh
# The Debian packages. kubernetes-client is left out on purpose: it collides with an
# installed kubectl, and the testbed builds its own.
PACKAGES=(
  etcd-server containerd runc containernetworking-plugins # the daemons beside Kubernetes
  nftables iproute2 procps e2fsprogs mount kmod openssl   # called by kube-proxy, kubelet and the scripts
  debootstrap catatonit                                   # the images
)

install_missing_packages() {
  [ "$(. /etc/os-release && echo "$VERSION_CODENAME $(dpkg --print-architecture)")" = "bookworm amd64" ] ||
    die "the testbed builds its images from Debian 12 (bookworm) packages for amd64: run it there"
  local wanted=("${PACKAGES[@]}") missing=() package
  command -v python3 >/dev/null || wanted+=(python3)
  python3 -m pip --version >/dev/null 2>&1 || wanted+=(python3-pip) # images, linters and the tests with Patroni fetch with it
  for package in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" = "ii " ] || missing+=("$package")
  done
  if [ "${#missing[@]}" = 0 ]; then return; fi
  step "updating the package lists" "$STATE/log/apt-update.log" apt-get update
  step "installing ${missing[*]}" "$STATE/log/apt-install.log" \
    env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}
