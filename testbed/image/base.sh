#!/usr/bin/env bash
# base.sh TAR WORK: builds the layer that both PostgreSQL images are based on: Debian 12 without documentation, with the user
# postgres, the libraries that PostgreSQL links to, and the locale of the official image.
set -euo pipefail
tar=$1 root=$2

# What Debian's postgresql-15 links to, except LLVM, which is 110 MB and only used for JIT; then what the scripts call.
packages=(
  libgssapi-krb5-2 libicu72 libldap-2.5-0 liblz4-1 libpam0g libpq5 libreadline8 libssl3 libsystemd0
  libuuid1 libxml2 libxslt1.1 libzstd1 zlib1g tzdata
  gosu locales procps
)

rm -rf --one-file-system "$root"
# the mirror that this machine already uses
# shellcheck disable=SC2016  # apt's own placeholders
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' | awk '$2 == "bookworm" && !uri { uri = $1 } END { print uri }')
debootstrap --variant=minbase --include="$(IFS=,; echo "${packages[*]}")" bookworm "$root" "$mirror"

chroot "$root" /bin/bash -euc '
  groupadd --system --gid 999 postgres
  useradd --system --uid 999 --gid 999 --home-dir /var/lib/postgresql --shell /bin/bash postgres
  install -d -o postgres -g postgres -m 1777 /var/lib/postgresql
  install -d -o postgres -g postgres -m 3777 /var/run/postgresql
  mkdir /docker-entrypoint-initdb.d
  # PostgreSQL 18 is built with /tmp as its socket folder; this name is short enough to replace it in the programs
  ln -s /var/run/postgresql /pg
  localedef -i en_US -c -f UTF-8 -A /usr/share/locale/locale.alias en_US.UTF-8
  find /usr/share/locale -mindepth 1 -maxdepth 1 ! -name locale.alias -exec rm -r {} +
  rm -rf /usr/share/{doc,man,info,lintian,i18n,bash-completion} /usr/share/zoneinfo/right \
    /var/cache/apt/* /var/cache/debconf/*-old /var/lib/apt/lists/* /var/log/*
'
tar -C "$root" --numeric-owner --sort=name --one-file-system -cf "$tar" .
rm -rf "$root"
