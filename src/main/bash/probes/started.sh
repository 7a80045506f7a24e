#!/usr/bin/env bash
# Startup probe: the server accepts connections and, as a standby, streams. So a pod counts as ready only then, and a
# rolling restart goes on to the next one.
#
# One that replays late (recovery_min_apply_delay) first replays what it has, as late, and streams only then.
#
# A former primary streams when it has handed over. Would the restart go on before that, it could take down the pod that is
# to take over, and writes paused for longer. But no longer than so: that pod may need the restart to be there at all.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"

HAND_OVER_SECONDS=20
STARTED_SQL="
SELECT NOT pg_is_in_recovery()
    OR current_setting('primary_conninfo') = ''
       AND clock_timestamp() - pg_postmaster_start_time() > interval '$HAND_OVER_SECONDS s'
    OR EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')
    OR EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'startup' AND wait_event = 'RecoveryApplyDelay');
"

[ "$(superuser "$(own_server)" 5 <<<"$STARTED_SQL")" = t ]
