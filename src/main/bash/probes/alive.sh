#!/usr/bin/env bash
# Liveness probe: the server answers through the pod's own socket, even if it rejects connections because it starts, stops or
# recovers; or start.sh has ended it for a while, to rewind the data or to clone them anew. It runs every few seconds, so it
# sources and starts as little as it can.
set -euo pipefail
SCRIPTS=${BASH_SOURCE[0]%/*}/..
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"

WAIT_SECONDS=3 # less than the kubelet waits
REJECTS=1 # exit code of pg_isready

status=0
is_ready "$WAIT_SECONDS" || status=$?
[ "$status" -le "$REJECTS" ] || [ -e "${TMPDIR:-/tmp}/busy" ]
