# shellcheck shell=bash
# What every connection of these scripts fixes for itself: all that a conf file, ALTER DATABASE … SET, ALTER ROLE … SET or the
# image's environment could set and that would change its outcome. Options that come with a connection win over all of these,
# and hold before its first statement.
#
# An option that a server does not know, or that its role must not set, makes the connection fail: so the lists are by role,
# and by major version.

# --- the environment: libpq reads it, in the server too, which connects by it to its upstream ---
SOCKETS=${STREAMSET_SOCKETS:-/var/run/postgresql} # the folder of this pod's server
PORT=${STREAMSET_PORT:-5432}

own_server() { printf '%s' "$SOCKETS"; } # of this pod

server_port() { printf '%s' "$PORT"; }

forget_environment() {
  local name
  for name in "${!PG@}"; do
    case $name in
      PG_COLOR*) unset "$name" ;;
      PGDATA | PG_*) ;; # the image's own
      *) unset "$name" ;;
    esac
  done
}

forget_environment

# --- the major version of the servers: of the data here, or of the image ---
server_major() { # INTO-VARIABLE
  local text=''
  if [ -r "${PGDATA:-}/PG_VERSION" ]; then
    read -r text <"$PGDATA/PG_VERSION" || true
  else
    text=$(postgres --version 2>/dev/null) || true
    text=${text#*) }
  fi
  [[ $text =~ ^[0-9]+ ]] || return 1
  printf -v "$1" '%s' "${BASH_REMATCH[0]}"
}

MAJOR=0 # unknown: then nothing is sent that only some know
server_major MAJOR || true

# --- settings ---
OF_CONNECTIONS=( # any role may set these, and they act on replication too
  # limits that are right for clients
  idle_session_timeout=0 statement_timeout=0 tcp_user_timeout=0
  # waiting and loading before the first statement: a library that is missing here lets nobody in
  post_auth_delay=0 local_preload_libraries=
  # what is read here, or sent from here
  client_encoding=UTF8 client_min_messages=warning
)

OF_SESSIONS=( # and these act on SQL
  # a standby refuses serializable transactions, and a deferrable one waits for others
  'default_transaction_isolation=read committed' default_transaction_read_only=off default_transaction_deferrable=off
  lock_timeout=0 idle_in_transaction_session_timeout=0
  # whose names and whose rights: the login role's own, whatever it is to become
  search_path=pg_catalog role=none
  standard_conforming_strings=on
  # where commits wait for standbys, there may be none yet that could confirm: what is written holds when it is on the disk here
  synchronous_commit=local
  # with the memory of one backend: no compiler, no other processes, no files
  jit=off max_parallel_workers_per_gather=0 work_mem=4MB temp_tablespaces=
)

OF_SUPERUSERS=(
  session_preload_libraries=
  temp_file_limit=-1
  lc_messages=C # complaints are shown, and some are looked for
)

if ((MAJOR >= 17)); then
  OF_CONNECTIONS+=(transaction_timeout=0)
  OF_SUPERUSERS+=(event_triggers=off) # some run at each login
fi

# Where a secret is sent, or what could be one: no log has it, nor what common extensions keep (a server without the extension
# takes the setting for a name of our own).
OF_SECRETS=(
  password_encryption=scram-sha-256 # psql encrypts as the server says
  log_statement=none log_min_error_statement=panic
  log_min_duration_statement=-1 log_min_duration_sample=-1 log_transaction_sample_rate=0
  debug_print_parse=off debug_print_rewritten=off debug_print_plan=off
  pg_stat_statements.track=none auto_explain.log_min_duration=-1 pgaudit.log=none
)

if ((MAJOR >= 16)); then
  OF_SECRETS+=(scram_iterations=4096) # the default: every login of a standby costs as many
fi

# As libpq's "options" wants them: a blank in a value has a backslash before it.
connection_options() { # INTO-VARIABLE NAME=VALUE...
  local options='' setting
  for setting in "${@:2}"; do options+=" -c ${setting// /\\ }"; done
  printf -v "$1" '%s' "${options# }"
}

connection_options SUPERUSER "${OF_CONNECTIONS[@]}" "${OF_SESSIONS[@]}" "${OF_SUPERUSERS[@]}"
connection_options REPLICATION "${OF_CONNECTIONS[@]}"
connection_options SECRETS "${OF_SECRETS[@]}"

# pg_isready, for the server of this pod. Nobody asks for a password there, so it logs in, and waits for what a login waits for.
is_ready() { # SECONDS to wait for an answer
  PGOPTIONS=$SUPERUSER pg_isready -q -t "$1" -U postgres -d postgres -h "$SOCKETS" -p "$PORT" 2>/dev/null # notices
}
