#!/usr/bin/env bash
# Liveness probe: the server answers through the pod's own socket, even if it rejects connections because it starts, stops or
# recovers; or start.sh has stopped it for a while, to rewind or clone the data. The probe runs every few seconds, so it sources
# and starts as little as possible.
set -euo pipefail
SCRIPTS=${BASH_SOURCE[0]%/*}/..
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"

WAIT_SECONDS=3 # less than the kubelet's timeout
REJECTS=1 # exit code of pg_isready

status=0
is_ready "$WAIT_SECONDS" || status=$?
[ "$status" -le "$REJECTS" ] || [ -e "${TMPDIR:-/tmp}/busy" ]
