#!/usr/bin/env bash
# Brings pgBackRest into target/pgbackrest/<version>, once, and prints where it is. The tests of streamset:backup run it.
#
# It is the package of Debian's suite forky: that of Debian 12 is too old for PostgreSQL 18. The mirror is the one that apt has for
# this machine's own suite. Nothing is installed: the program runs with the loader and the libraries of forky, which lie beside it.
set -euo pipefail
SUITE=forky
OLDEST=2.57 # the first release after PostgreSQL 18; the suite moves on by itself

die() {
  echo "$*" >&2
  exit 1
}

# Prints one line of sources.list.
source_of_suite() {
  local own mirror
  own=$(. /etc/os-release && echo "$VERSION_CODENAME") || return
  # shellcheck disable=SC2016  # apt's own placeholders
  mirror=$(apt-get indextargets --format '$(RELEASE)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' |
    sed -n "s,^$own|main|,,p" | sort -u | sed -n 1p) || return
  [ -n "$mirror" ] || die "apt has no source of $own main"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $SUITE main"
}

# apt NUMBER-OF-SECONDS ARGUMENT...: apt with lists and packages of its own, for a machine on which nothing is installed. Its hooks
# are for the real one, its proxies for this too.
apt() {
  local seconds=$1
  shift
  timeout "$seconds" apt-get -qq -c "$work/apt.conf" -o APT::Sandbox::User="$(id -un)" "$@"
}

configure_apt() {
  local packages
  mkdir -p "$work"/{etc,lists/partial,cache/archives/partial}
  : >"$work/status"
  source_of_suite >"$work/sources.list" || return
  packages=$(dpkg --print-architecture) || return
  cat >"$work/apt.conf" <<CONF
#clear APT::Update;
#clear DPkg;
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Cache::archives "$work/cache/archives";
APT::Architecture "$packages";
APT::Architectures { "$packages"; };
APT::Install-Recommends "false";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
}

download() {
  apt 240 update || return
  apt 300 --yes --download-only install pgbackrest || return
}

version_of_package() {
  local packages=("$work"/cache/archives/pgbackrest_*.deb)
  [ -e "${packages[0]}" ] || die "$SUITE has no pgbackrest"
  dpkg-deb -f "${packages[0]}" Version | sed 's/^[0-9]*://; s/-[^-]*$//'
}

# lay_out FOLDER: the program, what it is linked with, and how to start it
lay_out() {
  local deb library tree=$work/tree
  for deb in "$work"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$tree" || return; done
  mkdir -p "$1/lib" || return
  cp "$tree/usr/bin/pgbackrest" "$1/program" || return
  cp -L "$tree/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" "$1/lib/loader" || return
  "$1/lib/loader" --library-path "$tree/usr/lib/x86_64-linux-gnu" --list "$1/program" >"$work/linked" || return
  if grep -F 'not found' "$work/linked" >&2; then return 1; fi
  while read -r library; do
    cp -L "$library" "$1/lib/" || return
  done < <(grep -o "$tree/[^ ]*" "$work/linked")
  install -m 755 /dev/stdin "$1/pgbackrest" <<'SHELL' || return
#!/bin/sh
# pgBackRest with the libraries beside it. It starts further processes of itself by the name that it was called.
self=$(readlink -f "$0")
exec "${self%/*}/lib/loader" --argv0 "$self" --library-path "${self%/*}/lib" "${self%/*}/program" "$@"
SHELL
  timeout 20 "$1/pgbackrest" version
}

bring() {
  local version
  configure_apt || die "apt cannot be configured"
  download || die "pgBackRest cannot be fetched from $SUITE"
  version=$(version_of_package) || exit
  dpkg --compare-versions "$version" ge "$OLDEST" || die "$SUITE has pgBackRest $version, and the tests need $OLDEST or newer"
  lay_out "$work/$version" >&2 || die "pgBackRest $version does not run"
  mv "$work/$version" "$folder/$version"
  rm -rf "$work"
}

newest() { find "$folder" -mindepth 2 -maxdepth 2 -name pgbackrest -path "$folder/[0-9]*" -printf '%h\n' | sort -V | tail -n 1; }

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)/target/pgbackrest
work=$folder/work
mkdir -p "$folder"
exec 9>"$folder/lock"
timeout 580 flock 9 || die "another run brings pgBackRest and does not end"
found=$(newest)
if [ -z "$found" ]; then
  rm -rf "$work"
  bring
  found=$(newest)
fi
echo "$found"
