# shellcheck shell=bash disable=SC2164  # sourced by build.sh, with set -e
# The layers with pgBackRest and with an S3 server, for streamset:backup. PGDG's packages are out of reach here, so pgBackRest is
# Debian's, with libraries of its own.

build_pgbackrest() {
  local folder
  folder=$("$TESTBED/../tools/pgbackrest.sh")
  empty_folder pgbackrest
  mkdir -p layer/opt layer/usr/bin
  cp -r "$folder" layer/opt/pgbackrest
  ln -s /opt/pgbackrest/pgbackrest layer/usr/bin/pgbackrest
  pack "$1"
}

build_versitygw() {
  local folder
  need_go
  folder=$("$TESTBED/../tools/s3.sh")
  empty_folder versitygw
  install -D "$folder/versitygw" layer/usr/bin/versitygw
  pack "$1"
}
