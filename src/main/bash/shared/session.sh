# shellcheck shell=bash
# What every connection of these scripts sets for itself: everything that a conf file, ALTER DATABASE … SET, ALTER ROLE … SET
# or the image's environment could set and that would change the result. Connection options override all of these, and apply
# before the first statement.
#
# A connection fails if it sends an option that the server does not know or that its role must not set. So the lists depend on
# the role and on the major version.

# --- the environment: libpq reads it, also in the server, which uses libpq to connect to its upstream ---
SOCKETS=${STREAMSET_SOCKETS:-/var/run/postgresql} # the socket folder of this pod's server
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

MAJOR=0 # unknown: then no option is sent that only some versions know
server_major MAJOR || true

# --- settings ---
OF_CONNECTIONS=( # any role may set these, and they affect replication too
  # limits for clients
  idle_session_timeout=0 statement_timeout=0
  # a checkpoint that takes the slot of a standby that is cut off waits until the connection of that standby has ended
  tcp_user_timeout=10s
  # what happens before the first statement: with a missing library nobody can log in
  post_auth_delay=0 local_preload_libraries=
  # what these scripts read and send
  client_encoding=UTF8 client_min_messages=warning
)

OF_SESSIONS=( # and these affect SQL
  # a standby refuses serializable transactions, and a deferrable transaction waits for others
  'default_transaction_isolation=read committed' default_transaction_read_only=off default_transaction_deferrable=off
  lock_timeout=0 idle_in_transaction_session_timeout=0
  # names and privileges: those of the login role itself, even if it is configured to switch to another
  search_path=pg_catalog role=none
  standard_conforming_strings=on
  # commits here wait for the local disk only: with synchronous replication, no standby may exist yet that could confirm
  synchronous_commit=local
  # within the memory of one backend: no compiler, no other processes, no files
  jit=off max_parallel_workers_per_gather=0 work_mem=4MB temp_tablespaces=
)

OF_SUPERUSERS=(
  session_preload_libraries=
  temp_file_limit=-1
  lc_messages=C # error messages are shown, and some are searched for
)

if ((MAJOR >= 17)); then
  OF_CONNECTIONS+=(transaction_timeout=0)
  OF_SUPERUSERS+=(event_triggers=off) # some of them run at each login
fi

# For statements that contain a secret: it must not appear in the log or in what common extensions record (a server without the
# extension accepts the setting as a custom parameter).
OF_SECRETS=(
  password_encryption=scram-sha-256 # psql encrypts with the method that the server names
  log_statement=none log_min_error_statement=panic
  log_min_duration_statement=-1 log_min_duration_sample=-1 log_transaction_sample_rate=0
  debug_print_parse=off debug_print_rewritten=off debug_print_plan=off
  pg_stat_statements.track=none auto_explain.log_min_duration=-1 pgaudit.log=none
)

if ((MAJOR >= 16)); then
  OF_SECRETS+=(scram_iterations=4096) # the default: every login of a standby costs that many
fi

# In the form of libpq's "options": with a backslash before each blank in a value.
connection_options() { # INTO-VARIABLE NAME=VALUE...
  local options='' setting
  for setting in "${@:2}"; do options+=" -c ${setting// /\\ }"; done
  printf -v "$1" '%s' "${options# }"
}

connection_options SUPERUSER "${OF_CONNECTIONS[@]}" "${OF_SESSIONS[@]}" "${OF_SUPERUSERS[@]}"
if ((MAJOR >= 15)); then
  OF_NODES=("${OF_SUPERUSERS[@]}") # which the superuser has granted the role of the nodes: see actions/node_role.sh
else
  OF_NODES=()
fi

connection_options NODE "${OF_CONNECTIONS[@]}" "${OF_SESSIONS[@]}" "${OF_NODES[@]}"
connection_options REPLICATION "${OF_CONNECTIONS[@]}"
connection_options SECRETS "${OF_SECRETS[@]}"

# pg_isready, for the server of this pod. It needs no password there, so it logs in, and waits for whatever a login waits for.
is_ready() { # SECONDS to wait for an answer
  PGOPTIONS=$SUPERUSER pg_isready -q -t "$1" -U postgres -d postgres -h "$SOCKETS" -p "$PORT" 2>/dev/null # notices
}
