#!/usr/bin/env bash
# Builds the Pulumi CLI and its Java host from the pinned Go module into tools/bin, unless there is a pulumi on PATH or
# they have already been built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR source=progress.sh
. ./progress.sh

CLI_VERSION=v3.228.0
# 1.22.0 says "unable to start debugging" at the end of many a run
HOST_VERSION=v1.21.3
CLI=github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
HOST=github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java

build() {
  local stamps="-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$CLI_VERSION"
  stamps+=" -X github.com/pulumi/pulumi-java/pkg/version.Version=$HOST_VERSION"
  # -v names the package being compiled, which shows progress
  CGO_ENABLED=0 go build -v -buildvcs=false -trimpath -ldflags "-s -w $stamps" -o "$1" "$CLI" "$HOST"
}

if command -v pulumi >/dev/null; then exit 0; fi
hash=$(sha256sum go.mod go.sum build.sh | sha256sum | cut -c 1-64)
if [ "$(cat bin/hash 2>/dev/null)" = "$hash" ]; then exit 0; fi
command -v go >/dev/null || die "no pulumi and no go on PATH: install either of them"
rm -rf bin new
step "building the Pulumi CLI $CLI_VERSION (about 5 minutes the first time)" build.log build new/
mv new bin
echo "$hash" >bin/hash
