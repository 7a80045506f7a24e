# shellcheck shell=bash disable=SC2034,SC2153 # the scripts share what is set here, and set it
# Starting and ending the server of this pod. Sourced by start.sh.

CONF=${STREAMSET_CONF:-/etc/postgresql/postgresql.conf}
SERVER='' # the server's process, a child of this one
STARTED=0 # when, in seconds since this process began

# While this file exists the server is away on purpose, and the liveness probe lets it be.
BUSY=${STREAMSET_BUSY:-${TMPDIR:-/tmp}/busy}

start_server() {
  local options=(-c "config_file=$CONF") floors
  if is_standby; then
    CONTROL_DATA=$(LC_ALL=C pg_controldata -D "$PGDATA")
    floors=$(standby_floors)
    # shellcheck disable=SC2206 # a word each
    options+=($floors)
  fi
  docker-entrypoint.sh postgres "${options[@]}" &
  SERVER=$!
  STARTED=$SECONDS
}

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

server_runs() { [ -n "$SERVER" ] && kill -0 "$SERVER" 2>/dev/null; }

# Waits so long, or until the server ends.
wait_with_the_server() {
  sleep "$1" &
  if server_runs; then
    wait -n "$SERVER" $! || true
  else
    wait $! || true
  fi
}

# Without waiting longer than so many seconds for standbys and clients: an immediate shutdown loses nothing either, only
# the next start takes longer.
stop_server() {
  local limit=$((SECONDS + $1))
  kill -INT "$SERVER"
  while server_runs && ((SECONDS < limit)); do wait_with_the_server 0.1; done
  if server_runs; then
    log "the server does not end within $1 s: it is ended at once"
    kill -QUIT "$SERVER"
  fi
  forget_server
}

forget_server() { # when it has ended; its exit code
  local status=0
  wait "$SERVER" || status=$?
  SERVER=''
  end_rest_of_server
  return "$status"
}

# A server that was killed leaves processes behind, and no other can start while they use its memory.
end_rest_of_server() {
  local process name found=yes
  while [ -n "$found" ]; do
    found=''
    for process in /proc/[0-9]*; do
      if read -r name 2>/dev/null <"$process/comm" && [ "$name" = postgres ] && ! is_ended "$process"; then
        kill -KILL "${process#/proc/}" 2>/dev/null || true
        found=yes
      fi
    done
    [ -z "$found" ] || sleep 0.05
  done
}

is_ended() { grep -qs '^State:.Z' "$1/status"; } # and only waits to be noticed

# Once: as Kubernetes wants it when it ends the pod.
end_with_the_server() {
  trap '' TERM INT
  [ -z "$CHILD" ] || kill "$CHILD" 2>/dev/null || true
  if [ -z "$SERVER" ]; then
    log 'ended by a signal'
    exit 143
  fi
  kill -INT "$SERVER" 2>/dev/null || true
  local status=0
  wait "$SERVER" || status=$?
  exit "$status"
}
