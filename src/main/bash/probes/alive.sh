#!/usr/bin/env bash
# Liveness probe: the server answers through the pod's own socket, even if it rejects connections because it starts, stops or
# recovers; or start.sh has ended it for a while, to rewind the data or to clone them anew. It runs every few seconds, so it
# sources nothing.
set -euo pipefail

REJECTS=1 # exit code of pg_isready

status=0
pg_isready -q -h "${PGHOST:-/var/run/postgresql}" || status=$?
[ "$status" -le "$REJECTS" ] || [ -e "${TMPDIR:-/tmp}/busy" ]
