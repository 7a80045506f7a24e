#!/usr/bin/env bash
# Readiness probe: the server accepts connections through the pod's own socket. The probe runs every few seconds, so
# it sources and starts as little as possible.
set -euo pipefail
SCRIPTS=${BASH_SOURCE[0]%/*}/..
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"

WAIT_SECONDS=3 # less than the kubelet's timeout

is_ready "$WAIT_SECONDS"
