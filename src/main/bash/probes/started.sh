#!/usr/bin/env bash
# Startup probe: the server accepts connections and, as a standby, streams. Only then is the pod ready, and a rolling restart
# goes on to the next one.
#
# A standby that replays late (recovery_min_apply_delay) counts as started meanwhile: it first replays what it has, with its
# delay, and streams only after that.
#
# A former primary streams after it has handed over. If the restart went on before that, it could stop the pod that is about to
# become primary, and writes would pause for longer. The wait is limited, because that pod may itself need the restart to run.
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
