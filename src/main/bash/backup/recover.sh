# shellcheck shell=bash
# Recovering a restored base backup, by a server that nobody else reaches. Sourced by restore.sh.

# shellcheck disable=SC2034  # restore.sh asks
RECOVERY_ENDED_EARLY=no # the archive has no WAL up to what is declared
RECOVERY_FAULT=''
RECOVERY_LOG=${TMPDIR:-/tmp}/recovery.log
RECOVERY_SOCKETS=${TMPDIR:-/tmp}

# False when the server did not get there; RECOVERY_FAULT says why.
recover() { # DATA-DIRECTORY
  local server status=0
  write_recovery_conf "$1" || fail 'the conf files of the recovery cannot be written'
  : >"$RECOVERY_LOG"
  postgres -D "$1" -c "config_file=$RECOVERY_SOCKETS/recovery.conf" >"$RECOVERY_LOG" 2>&1 &
  server=$!
  CHILD=$server # ends with this script
  until has_recovered; do
    if ! kill -0 "$server" 2>/dev/null; then
      wait "$server" || status=$?
      explain_recovery "$status"
      return 1
    fi
    sleep 0.5 &
    wait $! || true
  done
  search -E 'recovery (stopping|target)|last completed transaction|selected new timeline' "$RECOVERY_LOG" | printable >&3 || true
  kill -INT "$server"
  wait "$server" || fail "the recovered server has not ended cleanly: $(tail -n 1 "$RECOVERY_LOG" | printable)"
  CHILD=''
  forget_recovery "$1"
}

# The parameters that the WAL itself depends on, and the libraries that can read it. Nobody connects before the recovery ends, so that
# no other parameter has to be as large as where the WAL was written.
write_recovery_conf() { # DATA-DIRECTORY
  local prepared timestamps libraries
  prepared=$(PGDATA=$1 control_data 'max_prepared_xacts setting') &&
    timestamps=$(PGDATA=$1 control_data 'track_commit_timestamp setting') || return 1
  libraries=$(search -E '^[[:space:]]*shared_preload_libraries[[:space:]]*=' "$MOUNTED_CONF/postgresql.conf" | tail -n 1) || libraries=''
  printf 'local all postgres trust\n' >"$RECOVERY_SOCKETS/recovery.hba" || return 1
  cat >"$RECOVERY_SOCKETS/recovery.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$RECOVERY_SOCKETS'
port = $PORT
hba_file = '$RECOVERY_SOCKETS/recovery.hba'
hot_standby = off
archive_mode = off
ssl = off
huge_pages = off
shared_buffers = 64MB
autovacuum = off
log_destination = stderr
max_prepared_transactions = $prepared
track_commit_timestamp = $timestamps
$libraries
CONF
}

MOUNTED_CONF=${STREAMSET_MOUNTED_CONF:-/etc/streamset/conf}

has_recovered() {
  attempt env PGOPTIONS="$SUPERUSER" psql -X -q -A -t -U postgres -d postgres -h "$RECOVERY_SOCKETS" -p "$PORT" \
    -c 'SELECT pg_is_in_recovery()' && answers_with_line f
}

explain_recovery() { # EXIT-CODE
  RECOVERY_FAULT=$(search -E 'FATAL|PANIC' "$RECOVERY_LOG" | tail -n 1 | sed -E 's/^.*(FATAL|PANIC): *//' | printable) || true
  RECOVERY_FAULT=${RECOVERY_FAULT:-"it ended with exit code $1: $(tail -n 1 "$RECOVERY_LOG" | printable)"}
  if [[ $RECOVERY_FAULT == *'recovery ended before configured recovery target was reached'* ]]; then RECOVERY_ENDED_EARLY=yes; fi
}

# The new cluster is on its own: no trace of where its WAL came from.
forget_recovery() { # DATA-DIRECTORY
  local conf=$1/postgresql.auto.conf
  (
    umask 077
    search -v -E '^(restore_command|recovery_target[a-z_]*|archive_mode|primary_conninfo|primary_slot_name)\>' "$conf" >"$conf.new" || [ $? = 1 ]
  ) && mv -T "$conf.new" "$conf" && rm -f "$1/recovery.signal"
}
