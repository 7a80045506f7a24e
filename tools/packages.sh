#!/usr/bin/env bash
# Installs the Debian packages that the tests use, those that are missing. What it cannot install it names.
set -euo pipefail

wanted=(
  busybox       # what Alpine images have, whose programs the node scripts call too
  jq            # reads what gh and GitLab answer
  postgresql-15 # the node scripts run against its programs
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
# no server of its own: the tests start theirs
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
apt-get -q update >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${missing[@]}" >/dev/null
