# shellcheck shell=bash
# Restoring a base backup beside the place of the data, and recovering it by a server that nobody else reaches. Sourced by restore.sh and
# restoretest.sh, after tool.sh.

# shellcheck disable=SC2034  # restore.sh asks
RECOVERY_ENDED_EARLY=no # the archive has no WAL up to what is declared
RECOVERY_FAULT=''
RESTORED=$PGDATA.restore
RECOVERY_LOG=${TMPDIR:-/tmp}/recovery.log
RECOVERY_SOCKETS=${TMPDIR:-/tmp}

RECOVERY_SERVER=''
LOOK_SECONDS=0.1

refuse_without_tools() { # KEY-OF-THE-IMAGE KEY-OF-THE-SECRET
  local faults
  tool_is_there || fail 'this image has no pgbackrest' \
    "set another one in $1; images/pgbackrest/Dockerfile makes it"
  [ "$MAJOR" = "$POSTGRES_MAJOR" ] || fail "this image has PostgreSQL $MAJOR, and streamset:version is $POSTGRES_MAJOR" \
    "set another one in $1"
  faults=$(secret_faults)
  [ -z "$faults" ] || fail "the Secret of $2 lacks $faults" 'add what lacks to it'
}

# The server of these data will archive nothing, whatever their conf files say.
restore_base() { # TYPE TARGET LABEL, or nothing for what the tool chooses
  local options=(--pg1-path="$RESTORED" --archive-mode=off --target-action=promote)
  options+=(--recovery-option="restore_command=bash $SCRIPTS/backup/get.sh %f \"%p\"")
  [ -z "$3" ] || options+=(--set="$3")
  case $1 in
    latest) options=("${options[@]/--target-action=promote/--type=default}") ;;
    *) options+=(--type="$1" --target="$2") ;;
  esac
  rm -rf "$RESTORED" && mkdir -m 700 "$RESTORED" || return 1
  log "restoring a base backup${3:+, $3}; then recovering to $1${2:+ $2}"
  restore_files "${options[@]}"
}

# The server runs when this returns. False when it did not get there; RECOVERY_FAULT says why.
start_recovery() {
  local status=0
  write_recovery_conf || fail 'the conf files of the recovery cannot be written'
  : >"$RECOVERY_LOG"
  postgres -D "$RESTORED" -c "config_file=$RECOVERY_SOCKETS/recovery.conf" >"$RECOVERY_LOG" 2>&1 &
  RECOVERY_SERVER=$!
  CHILD=$RECOVERY_SERVER # ends with this script
  until recovery_is_ready && has_recovered; do
    if ! kill -0 "$RECOVERY_SERVER" 2>/dev/null; then
      wait "$RECOVERY_SERVER" || status=$?
      explain_recovery "$status"
      return 1
    fi
    sleep "$LOOK_SECONDS" &
    wait $! || true
  done
  search -E 'recovery (stopping|target)|last completed transaction|selected new timeline' "$RECOVERY_LOG" | printable >&3 || true
}

end_recovery() {
  kill -INT "$RECOVERY_SERVER"
  wait "$RECOVERY_SERVER" || fail "the recovered server has not ended cleanly: $(tail -n 1 "$RECOVERY_LOG" | printable)"
  CHILD=''
}

# The parameters that the WAL itself depends on, and the libraries that can read it. Nobody connects before the recovery ends, so that
# no other parameter has to be as large as where the WAL was written.
write_recovery_conf() {
  local prepared timestamps libraries
  prepared=$(PGDATA=$RESTORED control_data 'max_prepared_xacts setting') &&
    timestamps=$(PGDATA=$RESTORED control_data 'track_commit_timestamp setting') || return 1
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

# As the server says of itself, so that looking often takes no processes.
recovery_is_ready() {
  local lines=()
  mapfile -t lines 2>/dev/null <"$RESTORED/postmaster.pid" || return 1
  [[ ${lines[7]:-} == ready* ]]
}

has_recovered() { ask_recovered 'SELECT pg_is_in_recovery()' && answers_with_line f; }

ask_recovered() { # SQL
  attempt env PGOPTIONS="$SUPERUSER" psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -d postgres -h "$RECOVERY_SOCKETS" -p "$PORT" -c "$1"
}

REFUSED='FATAL: *the database system is ' # what has_recovered hears when nobody may connect; it can come after the cause of the end

explain_recovery() { # EXIT-CODE
  RECOVERY_FAULT=$(search -E 'FATAL|PANIC' "$RECOVERY_LOG" | search -v "$REFUSED" | tail -n 1 | sed -E 's/^.*(FATAL|PANIC): *//' | printable) || true
  RECOVERY_FAULT=${RECOVERY_FAULT:-"it ended with exit code $1: $(tail -n 1 "$RECOVERY_LOG" | printable)"}
  if [[ $RECOVERY_FAULT == *'recovery ended before configured recovery target was reached'* ]]; then RECOVERY_ENDED_EARLY=yes; fi
}

# The new cluster is on its own: no trace of where its WAL came from.
forget_recovery() {
  local conf=$RESTORED/postgresql.auto.conf
  (
    umask 077
    search -v -E '^(restore_command|recovery_target[a-z_]*|archive_mode|primary_conninfo|primary_slot_name)\>' "$conf" >"$conf.new" || [ $? = 1 ]
  ) && mv -T "$conf.new" "$conf" && rm -f "$RESTORED/recovery.signal"
}
