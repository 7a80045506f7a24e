# shellcheck shell=bash
# Starting and ending the server of this pod. Sourced by start.sh.

SERVER='' # the server's process, a child of this one
STARTED=0 # in seconds after the start of this process

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

# A standby refuses to run with lower values than its primary had when the WAL was written. So after a value was lowered, a standby
# still starts with the old value until the primary itself runs with the lower one.
standby_floors() {
  local values name value declared
  values=$(values_of_the_wal) || return 1
  while IFS='|' read -r name value; do
    declared=$(configured "$name") || continue # the server itself reports what is wrong with the file
    if ((declared < value)); then
      printf '%s\n' "$name=$value"
      [ "$name" != max_connections ] || work_mem_of "$declared" "$value" || return 1
    fi
  done <<<"$values"
}

# Whether the server runs with a lower value. WAL that says so stops its replay for good.
runs_below_the_floors() {
  local values name value running
  values=$(values_of_the_wal) || return 1
  query "$(own_server)" "$ASK_SECONDS" <<<"SELECT name, setting FROM pg_settings WHERE name LIKE 'max%'" || return 1
  while IFS='|' read -r name value; do
    running=$(sed -n "s/^$name|//p" "$ANSWER")
    ((running >= value)) || return 0
  done <<<"$values"
  return 1
}

# A line NAME|VALUE for each, as pg_controldata shows them.
values_of_the_wal() {
  local data name label
  data=$(LC_ALL=C pg_controldata -D "$PGDATA") || return 1
  while IFS='|' read -r name label; do
    printf '%s|%s\n' "$name" "$(sed -n "s/^$label setting: *//p" <<<"$data")"
  done <<'LABELS'
max_connections|max_connections
max_worker_processes|max_worker_processes
max_wal_senders|max_wal_senders
max_prepared_transactions|max_prepared_xacts
max_locks_per_transaction|max_locks_per_xact
LABELS
}

# The memory budget has work_mem for each of the declared connections. If the standby admits more connections, all together get
# no more than that: a lower work_mem makes up for the memory that each additional connection needs.
SESSION_KILOBYTES=6144 # per connection in the memory budget: 5 MB, and page tables
LEAST_KILOBYTES=64     # PostgreSQL's limit

work_mem_of() { # DECLARED-CONNECTIONS ADMITTED-CONNECTIONS
  local declared kilobytes
  declared=$(configured work_mem) || return 1
  kilobytes=$((($1 * declared - ($2 - $1) * SESSION_KILOBYTES) / $2))
  printf 'work_mem=%skB\n' $((kilobytes < LEAST_KILOBYTES ? LEAST_KILOBYTES : kilobytes))
}

server_runs() { [ -n "$SERVER" ] && kill -0 "$SERVER" 2>/dev/null; }

server_runs_for() { printf '%d' $((SECONDS - STARTED)); } # seconds

reload_server() { kill -HUP "$SERVER"; }

# Waits until the time is over or the server ends.
wait_with_the_server() { # SECONDS
  sleep "$1" &
  if server_runs; then
    wait -n "$SERVER" $! || true
  else
    wait $! || true
  fi
}

# Waits no longer than SECONDS for standbys and clients: an immediate shutdown loses nothing either, only the next start takes
# longer. In any case the server has ended when this returns.
stop_server() { # SECONDS
  local limit=$((SECONDS + $1))
  kill -INT "$SERVER" 2>/dev/null || true # it may have just ended by itself
  while server_runs && ((SECONDS < limit)); do wait_with_the_server 0.1; done
  if server_runs; then
    log "the server has not stopped within $1 s: immediate shutdown"
    kill -QUIT "$SERVER" 2>/dev/null || true
  fi
  forget_server || true # the data show how it ended
}

forget_server() { # after its end; returns its exit code
  local status=0
  wait "$SERVER" || status=$?
  SERVER=''
  end_rest_of_server
  return "$status"
}

# A killed server leaves processes behind, and no other server can start while they use its shared memory.
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

is_ended() { grep -qs '^State:.Z' "$1/status"; } # a zombie

end_with_the_server() {
  if [ -z "$SERVER" ]; then
    log 'ended by a signal'
    exit 143
  fi
  kill -INT "$SERVER" 2>/dev/null || true
  local status=0
  wait "$SERVER" || status=$?
  exit "$status"
}
