# shellcheck shell=bash
# Querying servers. Sourced after process.sh and session.sh.
# shellcheck source=src/main/bash/tls/connection.sh
source "$SCRIPTS/tls/connection.sh"

PASSWORDS=${STREAMSET_PASSWORDS:-/etc/streamset/passwords}

password() { # of a role
  case $1 in
    "$NODE_ROLE") derived_password "$1" 'streamset, role of the nodes' ;;
    "$METRICS_ROLE") derived_password "$1" 'streamset, role of the metrics' ;;
    *) printf '%s' "$(<"$PASSWORDS/$1")" ;;
  esac
}

# The same without a process, for what looks every second. Returns false, with an empty text, when there is no such file.
look_at_password() { # ROLE INTO-VARIABLE
  local part text='' status=0
  {
    while IFS= read -r -d '' part || [ -n "$part" ]; do text+=$part; done <"$PASSWORDS/$1"
  } 2>/dev/null || status=$?
  printf -v "$2" '%s' "${text%"${text##*[!$'\n']}"}"
  return "$status"
}

# Whether somebody could log in with it: psql and the passfile of a standby read one line.
is_usable_password() { [ -n "$1" ] && [[ $1 != *[$'\r\n']* ]]; } # TEXT

# Whether it is no password, but what a server stores of one. Pods of a Secret that the program makes have no more of the
# superuser's: it can be set with it, and nobody can log in with it.
VERIFIER='^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$'

is_verifier() { [[ $1 =~ $VERIFIER ]]; } # TEXT

# The role with which nodes query each other (see facts/node_login.sh), and that of the exporter of metrics (see actions/metrics.sh).
# Their passwords follow from the superuser's: whoever sees one learns nothing of that one or of the other. Server pods of a Secret
# that the program makes have them in it; who has the superuser's password computes them. Nothing follows from a password that
# nobody could use.
NODE_ROLE=streamset
METRICS_ROLE=streamset_metrics

derived_password() { # KEY PURPOSE
  local secret digest
  if [ -e "$PASSWORDS/$1" ]; then
    printf '%s' "$(<"$PASSWORDS/$1")"
  else
    secret=$(password postgres)
    is_usable_password "$secret" && ! is_verifier "$secret" || return 1
    digest=$(printf '%s\n%s' "$2" "$secret" | sha256sum) || return 1
    printf '%s' "${digest%% *}"
  fi
}

# A command's output and errors go to files, because a command substitution would delay a signal until the command ends.
ANSWER=${TMPDIR:-/tmp}/answer
COMPLAINT=${TMPDIR:-/tmp}/complaint

# For a background process, so that it does not overwrite the files of its parent.
keep_answers_apart() { # NAME
  ANSWER=$ANSWER.$1
  COMPLAINT=$COMPLAINT.$1
}

attempt() { "$@" >"$ANSWER" 2>"$COMPLAINT"; }

answer() { cat "$ANSWER"; }

# The output of servers and programs is bytes: one that is not valid text must not hide the rest.
search() { LC_ALL=C grep -a "$@"; }

answers_with_line() { search -qx "$1" "$ANSWER"; } # PATTERN

complains_about() { search -q "$1" "$COMPLAINT"; } # PATTERN

complaint() { # the error without its details and hints
  printable < <(search -m 1 -E 'FATAL|ERROR|error' "$COMPLAINT" || tail -n 1 "$COMPLAINT" | search . || echo 'no answer')
}

printable() { LC_ALL=C tr -d '\000-\010\013-\037\177'; } # no NUL and no control characters of a terminal

# 0: accepts connections, 1: starts or stops; in both cases there is a server
answers() { run pg_isready -q -t 2 -h "$1" -p "$(server_port)" || [ $? = 1 ]; }

accepts() { run pg_isready -q -t 2 -h "$1" -p "$(server_port)"; }

PSQL=(psql)

# psql, connected to a host, with a time limit if SECONDS is set. It reads SQL from standard input: an argument would be visible to
# everybody who can list processes.
session() { # ROLE OPTIONS HOST [SECONDS]
  local limit=(timeout "${4:-}")
  [ $# -gt 3 ] || limit=() # not 0, which BusyBox takes as no time at all
  PGPASSWORD=$(password "$1") PGCONNECT_TIMEOUT=5 PGOPTIONS=$2 \
    "${limit[@]}" "${PSQL[@]}" -X -q -A -t -v ON_ERROR_STOP=1 -U "$1" -d "dbname=postgres $(encryption "$3")" \
    -h "$3" -p "$(server_port)"
}

superuser() { session postgres "$SUPERUSER" "$@"; } # HOST [SECONDS]

query_as_superuser() { attempt run superuser "$@"; } # the same, with output and errors in files

query() { query_as_superuser "$@"; } # HOST [SECONDS]; in server pods: see node_login.sh

# The folder of a server's socket, as an SQL expression: the files by which the processes of its pod communicate are there too.
sockets_sql() { printf '%s' "trim(split_part(current_setting('unix_socket_directories'), ',', 1))"; }

sql_quoted() { printf "'%s'" "${1//\'/\'\'}"; }

# --- names of slots ---
slot_name() { printf '%s' "${1//-/_}"; } # of the pod; a slot's name has no hyphen

own_slots() { # the prefix of all slots that this program creates: the StatefulSet's name
  local pod=${HOSTS[0]%%.*}
  slot_name "${pod%-0}"
}
