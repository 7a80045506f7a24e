# shellcheck shell=bash
# The processes of this pod: Patroni, which is a child of this one, and the server, which Patroni starts. Sourced after process.sh,
# sql.sh and python.sh, before actions/conf.sh.

PATRONI='' # its process
PATRONI_STARTED=0
PATRONI_CONF=$TEMPORARY/patroni # as Patroni reads it

exec {SILENCE}<> <(:) # from which nothing ever comes

start_patroni() {
  find_python
  "$PYTHON" "$SCRIPTS/patroni/run.py" "$PATRONI_CONF" 9<&- & # the lock of the volume belongs to the first process, which outlives Patroni
  PATRONI=$!
  PATRONI_STARTED=$SECONDS
}

patroni_runs() { [ -n "$PATRONI" ] && kill -0 "$PATRONI" 2>/dev/null; }

patroni_runs_for() { printf '%d' $((SECONDS - PATRONI_STARTED)); } # seconds

reload_patroni() { kill -HUP "$PATRONI"; }

kill_patroni() { kill -KILL "$PATRONI" 2>/dev/null || true; }

# Waits until the time is over, or Patroni or the server ends.
wait_with_patroni() { # SECONDS
  local server=''
  server_process server || true
  await_end "$1" "$server" 9<&- &
  if patroni_runs; then
    wait -n "$PATRONI" $! || true
  else
    wait $! || true
  fi
}

# The other one is no child of this process, which learns nothing of its end. Nothing is started meanwhile.
await_end() { # SECONDS PROCESS, or nothing
  local tenths
  for ((tenths = $1 * 10; tenths > 0; tenths--)); do
    [ -z "$2" ] || [ -e "/proc/$2" ] || return 0
    read -rt 0.1 -u "$SILENCE" || true
  done
}

forget_patroni() { # after its end; returns its exit code
  local status=0
  wait "$PATRONI" || status=$?
  PATRONI=''
  return "$status"
}

# What a killed Patroni has started goes on without it, and would work on the same folders as what the next one starts.
end_helpers() {
  local process name
  for process in /proc/[0-9]*; do
    name=''
    read -r name 2>/dev/null <"$process/comm" || true
    case $name in pg_basebackup | pg_rewind | initdb) kill -KILL "${process#/proc/}" 2>/dev/null || true ;; esac
  done
}

# --- the server ---
server_process() { # INTO-VARIABLE; false if there is none
  local first='' name=''
  read -r first 2>/dev/null <"$PGDATA/postmaster.pid" || return 1
  [[ $first =~ ^[0-9]+$ ]] && read -r name 2>/dev/null <"/proc/$first/comm" && [ "$name" = postgres ] || return 1
  printf -v "$1" '%s' "$first"
}

server_runs() {
  local server
  server_process server
}

# A server that was killed is started again at once, and not after the pause between two looks. In a process of its own, because
# Patroni may take long to answer.
SERVER_RAN=no
wake_patroni_after_a_crash() {
  local ran=$SERVER_RAN
  SERVER_RAN=$(yes_or_no server_runs)
  if [ "$ran$SERVER_RAN" = yesno ]; then
    { keep_answers_apart wake && wake_patroni "${STREAMSET_ADDRESS:-127.0.0.1}"; } 9<&- &
  fi
}

# Patroni takes the changed file into account too, and learns what waits for a restart.
reload_server() {
  local server
  server_process server && kill -HUP "$server" && reload_patroni
}

# At once: what it has not acknowledged yet is never acknowledged. Its processes notice that the first one is gone; those that
# do not are ended too.
end_server() {
  local server process ended=$((SECONDS + 2))
  if server_process server; then kill -QUIT "$server" 2>/dev/null || true; fi
  while server_runs && ((SECONDS < ended)); do pause 0.1; done
  for process in /proc/[0-9]*; do
    if is_server "$process"; then kill -KILL "${process#/proc/}" 2>/dev/null || true; fi
  done
}

is_server() { # /proc/PROCESS
  local name=''
  read -r name 2>/dev/null <"$1/comm" && [ "$name" = postgres ]
}
