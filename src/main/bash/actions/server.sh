# shellcheck shell=bash
# Starting and ending the server of this pod. Sourced by start.sh.

SERVER='' # the server's process, a child of this one
STARTED=0 # when, in seconds since this process began

start_server() {
  local options=(-c "config_file=$CONF/postgresql.conf" -c "streamset.pod=$POD_DIGEST") floors floor
  if is_standby; then
    floors=$(standby_floors) || return 1
    while read -r floor; do
      [ -z "$floor" ] || options+=(-c "$floor")
    done <<<"$floors"
  fi
  docker-entrypoint.sh postgres "${options[@]}" &
  SERVER=$!
  STARTED=$SECONDS
}

# A standby refuses to run with less than its primary had when the WAL was written, and pg_controldata tells what that
# was. So after a value was lowered, a standby still starts with the old one, until the primary itself runs with less.
standby_floors() {
  local data name label value declared
  data=$(LC_ALL=C pg_controldata -D "$PGDATA") || return 1
  while IFS='|' read -r name label; do
    value=$(sed -n "s/^$label setting: *//p" <<<"$data")
    declared=$(configured "$name") || continue # the server itself says what is wrong with the file
    if ((declared < value)); then
      printf '%s\n' "$name=$value"
    fi
  done <<'FLOORS'
max_connections|max_connections
max_worker_processes|max_worker_processes
max_wal_senders|max_wal_senders
max_prepared_transactions|max_prepared_xacts
max_locks_per_transaction|max_locks_per_xact
FLOORS
}

server_runs() { [ -n "$SERVER" ] && kill -0 "$SERVER" 2>/dev/null; }

server_runs_for() { printf '%d' $((SECONDS - STARTED)); } # seconds

reload_server() { kill -HUP "$SERVER"; }

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
# the next start takes longer. It has ended in any case.
stop_server() { # SECONDS
  local limit=$((SECONDS + $1))
  kill -INT "$SERVER" 2>/dev/null || true # it may have ended by itself just now
  while server_runs && ((SECONDS < limit)); do wait_with_the_server 0.1; done
  if server_runs; then
    log "the server does not end within $1 s: it is ended at once"
    kill -QUIT "$SERVER" 2>/dev/null || true
  fi
  forget_server || true # how it ended, its data tell
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
  end_child
  if [ -z "$SERVER" ]; then
    log 'ended by a signal'
    exit 143
  fi
  kill -INT "$SERVER" 2>/dev/null || true
  local status=0
  wait "$SERVER" || status=$?
  exit "$status"
}
