#!/usr/bin/env bash
# Builds the exporter of metrics into target/exporter, once, and prints where it is. The tests run this version, which the default
# image has too.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$tools/exporter"
folder=$tools/../target/exporter
version=$(sha256sum go.mod go.sum | sha256sum | cut -c 1-16)
program=$folder/$version/postgres_exporter

if [ ! -x "$program" ]; then
  mkdir -p "${program%/*}"
  CGO_ENABLED=0 timeout 580 go build -mod=readonly -buildvcs=false -trimpath -ldflags '-s -w' -o "$program.new.$$" \
    github.com/prometheus-community/postgres_exporter/cmd/postgres_exporter
  mv "$program.new.$$" "$program"
fi
cd "${program%/*}"
pwd -P
