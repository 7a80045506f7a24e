#!/usr/bin/env bash
# Installs the Debian packages the testbed needs and builds its binaries and images,
# each only when it is missing or its inputs have changed. Starts nothing.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$TESTBED/packages.sh"
. "$TESTBED/binaries.sh"
. "$TESTBED/images.sh"
. "$TESTBED/patroni.sh"
. "$TESTBED/backup.sh"
. "$TESTBED/metrics.sh"

# built OUTPUT WHAT COMMAND INPUT...: OUTPUT is made by COMMAND from the files INPUT.
# A hash of their contents beside it, written last, says which; COMMAND writes to the
# path it is given, so that an interrupted build is never taken for a result.
built() {
  local output=$1 what=$2 command=$3 hash
  shift 3
  hash=$(sha256sum -- "$@" | cut -c 1-64 | sha256sum | cut -c 1-64)
  if [ -e "$output" ] && [ "$(cat "$output.hash" 2>/dev/null)" = "$hash" ]; then return; fi
  rm -rf "$output.hash" "$output.new"
  mkdir -p "$(dirname "$output")"
  step "$what" "$STATE/log/$(basename "$output").log" "$command" "$output.new"
  mv -f "$output.new" "$output"
  echo "$hash" >"$output.hash"
}

build_all() {
  local image_inputs
  install_missing_packages

  built "$BIN/onenode" "building Kubernetes $KUBERNETES_VERSION (about 10 minutes the first time)" \
    build_kubernetes "$TESTBED"/k8s/* "$TESTBED/binaries.sh"
  link_programs
  built "$BIN/coredns" "building CoreDNS" build_coredns "$TESTBED"/coredns/* "$TESTBED/binaries.sh"

  image_inputs=("$TESTBED/images.sh" "$TESTBED/image/docker-entrypoint.sh")
  built "$IMAGES/base.tar" "building the image's Debian base" build_base "$TESTBED/image/base.sh"
  built "$IMAGES/postgres-15.tar" "building the image of PostgreSQL 15" build_postgres_15 "${image_inputs[@]}"
  built "$IMAGES/postgres-18.tar" "building the image of PostgreSQL 18" build_postgres_18 "${image_inputs[@]}"
  built "$IMAGES/patroni.tar" "building the layer with Patroni" build_patroni "$TESTBED/patroni.sh"
  built "$IMAGES/pgbackrest.tar" "building the layer with pgBackRest" \
    build_pgbackrest "$TESTBED/backup.sh" "$TESTBED/../tools/pgbackrest.sh"
  built "$IMAGES/versitygw.tar" "building the layer with an S3 server" \
    build_versitygw "$TESTBED/backup.sh" "$TESTBED/../tools/s3.sh" "$TESTBED"/../tools/s3/*
  built "$IMAGES/exporter.tar" "building the layer with the exporter of metrics" \
    build_exporter "$TESTBED/metrics.sh" "$TESTBED/../tools/exporter.sh" "$TESTBED"/../tools/exporter/go.*
  built "$IMAGES/coredns.tar" "packing CoreDNS" pack_coredns "$BIN/coredns.hash" "$TESTBED/images.sh"
  built "$IMAGES/pause.tar" "packing the pause program" pack_pause "$TESTBED/images.sh" /usr/bin/catatonit
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  need_root
  lock node
  build_all
fi
