#!/usr/bin/env bash
# Startup probe: the server accepts connections and, as a standby, streams. So a pod counts as ready only then, and a
# rolling restart goes on to the next one.
set -euo pipefail
# shellcheck source=src/main/bash/node.sh
source "$(dirname "$0")/node.sh"

STARTED_SQL="
SELECT NOT pg_is_in_recovery()
    OR current_setting('primary_conninfo') = '' -- a former primary that hands over
    OR EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming');
"

[ "$(superuser "${PGHOST:-/var/run/postgresql}" 5 <<<"$STARTED_SQL")" = t ]
