#!/usr/bin/env bash
# Sees to it that the programs are there which a job of the workflows uses: installs the packages of those that are missing.
#
#   tools/need.sh PROGRAM...
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=progress.sh
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

package_of() {
  case $1 in
    mvn) echo maven ;;
    go) echo golang-go ;;
    *) echo "$1" ;;
  esac
}

packages=()
for program in "$@"; do
  command -v "$program" >/dev/null || packages+=("$(package_of "$program")")
done
if [ "${#packages[@]}" = 0 ]; then exit 0; fi

command -v apt-get >/dev/null || die "missing, and there is no apt-get to install them with: ${packages[*]}"
as_root=(env DEBIAN_FRONTEND=noninteractive)
[ "$(id -u)" = 0 ] || as_root=(sudo "${as_root[@]}")
say "installing ${packages[*]}"
"${as_root[@]}" apt-get -q update >/dev/null
"${as_root[@]}" apt-get -q -y install --no-install-recommends "${packages[@]}" >/dev/null
