#!/usr/bin/env bash
# Main container: starts the server through the official image's entrypoint, with the conf file from the ConfigMap.
set -euo pipefail

trap 'exit 143' TERM INT # until the server takes over

CONF=${STREAMSET_CONF:-/etc/postgresql/postgresql.conf}

# A standby refuses to run with less than its primary had when the WAL was written, and pg_controldata tells what that
# was. So after a value was lowered, a standby still starts with the old one, until the primary itself runs with less.
standby_floors() {
  local name label value
  while IFS='|' read -r name label; do
    value=$(sed -n "s/^$label setting: *//p" <<<"$CONTROL_DATA")
    if [ "$(configured "$name")" -lt "$value" ]; then
      printf '%s\n' -c "$name=$value"
    fi
  done <<'FLOORS'
max_connections|max_connections
max_worker_processes|max_worker_processes
max_wal_senders|max_wal_senders
max_prepared_transactions|max_prepared_xacts
max_locks_per_transaction|max_locks_per_xact
FLOORS
}

configured() { postgres -C "$1" -D "$PGDATA" -c "config_file=$CONF"; }

server_options=(-c "config_file=$CONF")
if [ -e "$PGDATA/standby.signal" ]; then
  CONTROL_DATA=$(pg_controldata -D "$PGDATA")
  mapfile -t floors < <(standby_floors)
  server_options+=("${floors[@]}")
fi
exec docker-entrypoint.sh postgres "${server_options[@]}"
