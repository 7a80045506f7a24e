#!/usr/bin/env bash
# For people: every node with its role, state, position, lag and slot, as the primary in this pod sees it.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"

read_topology

STATUS_SQL="
SELECT pod,
       CASE WHEN pod = :'self' THEN 'primary' ELSE 'standby' END AS role,
       CASE WHEN pod = :'self' THEN 'running' ELSE coalesce(state, 'not connected') END AS state,
       CASE WHEN pod = :'self' THEN pg_current_wal_lsn() ELSE replay_lsn END AS lsn,
       CASE WHEN pod <> :'self' THEN pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) END AS lag,
       CASE WHEN pod <> :'self' THEN coalesce(wal_status, 'none') END AS slot
  FROM unnest(string_to_array(:'pods', ' ')) WITH ORDINALITY AS declared (pod, ordinal)
  LEFT JOIN pg_stat_replication ON application_name = pod
  LEFT JOIN pg_replication_slots ON slot_name = replace(pod, '-', '_')
 ORDER BY ordinal;
"

PGOPTIONS=$SUPERUSER psql -X -q -v ON_ERROR_STOP=1 -U postgres -d postgres -h "$SOCKETS" -p "$PORT" \
  -v self="${HOSTNAME:?}" -v pods="${HOSTS[*]%%.*}" --pset footer=off --pset pager=off <<<"$STATUS_SQL"
