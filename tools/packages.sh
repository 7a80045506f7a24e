#!/usr/bin/env bash
# Installs the missing Debian packages that the tests use. It names those that it cannot install.
set -euo pipefail

wanted=(
  busybox         # its programs are those of Alpine images, on which the node scripts run too
  chromium        # shows the report pages
  chromium-driver # through which the tests look at them
  jq              # reads the answers of gh and GitLab
  postgresql-15   # the node scripts run with its programs
  prometheus      # its promtool tries the rules for alerts; it reads the exporters itself, too
  shellcheck
  xz-utils # unpacks the embedded servers of the other majors
)
missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" = "ii " ] || missing+=("$package")
done
if [ "${#missing[@]}" = 0 ]; then exit 0; fi
if [ "$(id -u)" != 0 ]; then
  echo "missing Debian packages; as root: apt-get update && apt-get install -y ${missing[*]}" >&2
  exit 1
fi
echo "installing ${missing[*]}"
# without a running server: the tests start their own
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
apt-get -q update >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${missing[@]}" >/dev/null
