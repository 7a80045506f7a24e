#!/usr/bin/env bash
# Builds the S3 server of the tests, versitygw, into target/s3, once, and prints where it is. A folder is its store.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$tools/s3"
folder=$tools/../target/s3
version=$(sha256sum go.mod go.sum | sha256sum | cut -c 1-16)
program=$folder/$version/versitygw

if [ ! -x "$program" ]; then
  mkdir -p "${program%/*}"
  CGO_ENABLED=0 timeout 580 go build -mod=readonly -buildvcs=false -trimpath -ldflags '-s -w' -o "$program.new.$$" \
    github.com/versity/versitygw/cmd/versitygw
  mv "$program.new.$$" "$program"
fi
cd "${program%/*}"
pwd -P
