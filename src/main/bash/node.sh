# shellcheck shell=bash
# What the node scripts share: who is who, how to log, how to wait, how to end.
# Sourced, never run. The folders can be others in tests.

SCRIPTS=${STREAMSET_SCRIPTS:-/etc/streamset/scripts}
PASSWORDS=${STREAMSET_PASSWORDS:-/etc/streamset/passwords}
PORT=${PGPORT:-5432}
RETRY_SECONDS=1 # between two attempts at something that another node must do first

# shellcheck source=/dev/null # made by the program: HOSTS, PRIMARY, REVISION, WAL_NEEDS
source "$SCRIPTS/topology.sh"

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
  "$@" &
  CHILD=$!
  local status=0
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

pause() { run sleep "$RETRY_SECONDS"; }

# --- telling what one waits for: once for each node, and again when it changes ---
declare -A LAST_SAID=()

say_once() { # about this node, this
  [ "${LAST_SAID[$1]:-}" = "$2" ] || log "$2"
  LAST_SAID[$1]=$2
}

# --- keeping what a command answered and complained about ---
# In files, because a command substitution would hold a signal back until the command ends.
# shellcheck disable=SC2034 # used by the scripts
ANSWER=${TMPDIR:-/tmp}/answer
COMPLAINT=${TMPDIR:-/tmp}/complaint

complaint() { # the error; details and hints follow it
  grep -m 1 -E 'FATAL|ERROR|error' "$COMPLAINT" || tail -n 1 "$COMPLAINT" | grep . || echo 'no answer'
}

# --- asking servers ---
answers() { run pg_isready -q -t 2 -h "$1" -p "$PORT"; [ $? != 2 ]; } # 0: accepts, 1: starts or stops; both are a server

accepts() { run pg_isready -q -t 2 -h "$1" -p "$PORT"; }

# psql as the superuser to the server on a host. SQL comes through standard input: an argument, which may be a password,
# could be read by everybody who sees the process.
superuser() {
  PGPASSWORD=$(password postgres) PGCONNECT_TIMEOUT=5 \
    psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -d postgres -h "$1" -p "$PORT"
}

sql_quoted() { printf "'%s'" "${1//\'/\'\'}"; }

# For statements with a password in them: nothing of it in the server's log, nor in what extensions keep or log (a server
# without the extension takes the setting for a name of our own).
# shellcheck disable=SC2034 # used by the Jobs' scripts
SQL_UNLOGGED="
SET log_statement = 'none'; SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1; SET log_min_duration_sample = -1; SET log_transaction_sample_rate = 0;
SET pg_stat_statements.track = 'none'; SET auto_explain.log_min_duration = -1;
"

# --- how a standby connects to its primary ---
# The password is in a file of its own: a server logs every change of primary_conninfo, with the whole of it. The server
# reads the file for each connection, so a changed password holds at once.
# shellcheck disable=SC2034 # used by the scripts
PASSFILE=replicator.passfile # in the data directory

# The one line of it; backslash before backslash and colon.
passfile_line() {
  local password
  password=$(password replicator)
  password=${password//\\/\\\\}
  printf '*:*:*:replicator:%s\n' "${password//:/\\:}"
}

slot_name() { printf '%s' "${1//-/_}"; } # of the pod; a slot's name has no hyphen

upstream() { # of the node with this ordinal, without the password
  printf 'host=%s port=%s user=replicator application_name=%s connect_timeout=5' \
    "${HOSTS[$PRIMARY]}" "$PORT" "${HOSTS[$1]%%.*}"
}
