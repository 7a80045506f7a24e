# shellcheck shell=bash disable=SC2034 # what is set here is used by the scripts
# What the node scripts share: who is who, how to log, how to wait, how to end.
# Sourced, never run. The folders can be others in tests.

PASSWORDS=${STREAMSET_PASSWORDS:-/etc/streamset/passwords}
PORT=${PGPORT:-5432}
RETRY_SECONDS=1 # between two attempts at something that another node must do first

# Here the init container tells the pod's server that it has looked at the data.
PREPARED=${STREAMSET_PREPARED:-${TMPDIR:-/tmp}/prepared}

exec 3>&1 # the log, also from where the output goes elsewhere: a signal is handled in the middle of a redirected command

log() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&3; }

advise() { log "what to do: $1"; }

fail() {
  log "$1"
  [ $# -lt 2 ] || advise "$2"
  exit 1
}

password() { cat "$PASSWORDS/$1"; }

# --- ending at once on SIGTERM ---
# bash handles a signal only between commands, so everything that takes time runs in the background and is waited for.
CHILD=''

end_at_once() {
  [ -z "$CHILD" ] || kill "$CHILD" 2>/dev/null || true # it may have ended by itself just now
  log 'ended by a signal'
  exit 143
}

end_on_signal() { trap end_at_once TERM INT; }

run() {
  "$@" <&0 & # explicit, else a command in the background reads nothing
  CHILD=$!
  local status=0
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

pause() { run sleep "$RETRY_SECONDS"; }

# --- one at a time on a volume ---
# After a forced deletion the pod's next life can begin before the last has ended, and PostgreSQL sees no server that runs
# in another container. The server inherits the lock: it ends with the last of its processes.
lock_volume() {
  [ -z "${STREAMSET_LOCKED:-}" ] || return 0 # by the process that called this one
  exec 9<"$(dirname "$PGDATA")"
  if ! flock --nonblock 9; then
    log 'waiting for the server of an earlier life of this pod to end'
    run flock 9
  fi
  export STREAMSET_LOCKED=yes
}

# --- telling what one waits for: once for each node, and again when it changes ---
declare -A LAST_SAID=()

say_once() { # about this node, this; and what to do
  [ "${LAST_SAID[$1]:-}" != "$2" ] || return 0
  LAST_SAID[$1]=$2
  log "$2"
  [ $# -lt 3 ] || advise "$3"
}

# --- keeping what a command answered and complained about ---
# In files, because a command substitution would hold a signal back until the command ends.
ANSWER=${TMPDIR:-/tmp}/answer
COMPLAINT=${TMPDIR:-/tmp}/complaint

complaint() { # the error; details and hints follow it
  grep -m 1 -E 'FATAL|ERROR|error' "$COMPLAINT" || tail -n 1 "$COMPLAINT" | grep . || echo 'no answer'
}

# --- asking servers ---
answers() { run pg_isready -q -t 2 -h "$1" -p "$PORT"; [ $? != 2 ]; } # 0: accepts, 1: starts or stops; both are a server

accepts() { run pg_isready -q -t 2 -h "$1" -p "$PORT"; }

# psql as the superuser to the server on a host; with a number of seconds, no longer than these. SQL comes through standard
# input: an argument, which may be a password, could be read by everybody who sees the process. What it writes holds when
# it is on the disk here: where commits wait for standbys, there may be none yet that could confirm.
superuser() {
  PGPASSWORD=$(password postgres) PGCONNECT_TIMEOUT=5 PGOPTIONS='-c synchronous_commit=local' \
    timeout "${2:-0}" psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -d postgres -h "$1" -p "$PORT"
}

sql_quoted() { printf "'%s'" "${1//\'/\'\'}"; }

# For statements with a password in them: nothing of it in the server's log, nor in what extensions keep or log (a server
# without the extension takes the setting for a name of our own).
SQL_UNLOGGED="
SET log_statement = 'none'; SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1; SET log_min_duration_sample = -1; SET log_transaction_sample_rate = 0;
SET pg_stat_statements.track = 'none'; SET auto_explain.log_min_duration = -1;
"

slot_name() { printf '%s' "${1//-/_}"; } # of the pod; a slot's name has no hyphen

own_slots() { # the beginning of the names of all slots that this program makes: the StatefulSet's
  local pod=${HOSTS[0]%%.*}
  slot_name "${pod%-0}"
}
