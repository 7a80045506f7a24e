# shellcheck shell=bash disable=SC2164  # sourced by build.sh, with set -e
# The layer with the exporter of metrics, for streamset:metrics.

build_exporter() {
  local folder
  need_go
  folder=$("$TESTBED/../tools/exporter.sh")
  empty_folder exporter
  install -D "$folder/postgres_exporter" layer/usr/bin/postgres_exporter
  pack "$1"
}
