# shellcheck shell=bash
# Asking servers with SQL. Sourced after process.sh and session.sh.

PASSWORDS=${STREAMSET_PASSWORDS:-/etc/streamset/passwords}

password() { printf '%s' "$(<"$PASSWORDS/$1")"; } # of a role

# What a command answered and complained about is in files, because a command substitution would hold a signal back until
# the command ends.
ANSWER=${TMPDIR:-/tmp}/answer
COMPLAINT=${TMPDIR:-/tmp}/complaint

# For a process in the background, beside the one that started it.
keep_answers_apart() { # NAME
  ANSWER=$ANSWER.$1
  COMPLAINT=$COMPLAINT.$1
}

attempt() { "$@" >"$ANSWER" 2>"$COMPLAINT"; }

answer() { cat "$ANSWER"; }

# What servers and programs say is bytes: one that is no text must not hide the rest.
search() { LC_ALL=C grep -a "$@"; }

answers_with_line() { search -qx "$1" "$ANSWER"; } # PATTERN

complains_about() { search -q "$1" "$COMPLAINT"; } # PATTERN

complaint() { # the error; details and hints follow it
  printable < <(search -m 1 -E 'FATAL|ERROR|error' "$COMPLAINT" || tail -n 1 "$COMPLAINT" | search . || echo 'no answer')
}

printable() { LC_ALL=C tr -d '\000-\010\013-\037\177'; } # no NUL, and nothing that a terminal would obey

# 0: accepts, 1: starts or stops; both are a server
answers() { run pg_isready -q -t 2 -h "$1" -p "$(server_port)" || [ $? = 1 ]; }

accepts() { run pg_isready -q -t 2 -h "$1" -p "$(server_port)"; }

PSQL=(psql)

# psql as the superuser to the server on a host; with a number of seconds, no longer than these. SQL comes through standard
# input: an argument could be read by everybody who sees the process.
superuser() { # HOST [SECONDS]
  local limit=(timeout "${2:-}")
  [ $# -gt 1 ] || limit=() # BusyBox takes 0 for no time at all
  PGPASSWORD=$(password postgres) PGCONNECT_TIMEOUT=5 PGOPTIONS=$SUPERUSER \
    "${limit[@]}" "${PSQL[@]}" -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -d postgres -h "$1" -p "$(server_port)"
}

query() { attempt run superuser "$@"; } # the same, with its answer and complaint kept

sql_quoted() { printf "'%s'" "${1//\'/\'\'}"; }

# --- names of slots ---
slot_name() { printf '%s' "${1//-/_}"; } # of the pod; a slot's name has no hyphen

own_slots() { # the beginning of the names of all slots that this program makes: the StatefulSet's
  local pod=${HOSTS[0]%%.*}
  slot_name "${pod%-0}"
}
