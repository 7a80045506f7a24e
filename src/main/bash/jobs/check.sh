#!/usr/bin/env bash
# Job: runs a new server, with the image and the limits of the pods, on conf files that no pod has yet. If it refuses them, this
# Job fails, and the update ends before anything has changed.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/facts/image.sh
source "$SCRIPTS/facts/image.sh"
# shellcheck source=src/main/bash/actions/create.sh
source "$SCRIPTS/actions/create.sh"
# shellcheck source=src/main/bash/tls/trial.sh
source "$SCRIPTS/tls/trial.sh"

CONF=${STREAMSET_CANDIDATE:-/etc/postgresql}
LOG=${TMPDIR:-/tmp}/server.log
ANSWER=${TMPDIR:-/tmp}/answer
NOISE=' LOG:  (starting|listening on|database system|received|shutting down|checkpoint)| pg_isready '
START_SECONDS=120 # a server on empty data needs one second; huge shared memory and slow nodes take longer
LOGIN_SECONDS=10
FIRST_SIGNAL_CODE=128 # a process that a signal ended has this and the signal's number as its exit code
SHOWN_LINES=20 # of the server's log; the first error is the one that matters
OF_THE_SECRET='correct the Secret (docs/tls.md, A certificate that is refused), and deploy again'

# This server has no effect outside its pod: no archiving, no log files, no waiting for standbys that it does not have. Nor does
# it need a node with huge pages that no other pod has: without a load, its shared memory takes little of the container's.
OWN_SETTINGS=(
  -c "config_file=$CONF/postgresql.conf"
  -c archive_mode=off -c logging_collector=off -c log_destination=stderr -c log_min_messages=warning
  -c lc_messages=C # this script searches its messages
  -c synchronous_standby_names= -c fsync=off -c huge_pages=off
)

# The usual login of the scripts, but with the libraries that every session loads.
LOGIN=${SUPERUSER/-c session_preload_libraries= /}
LOGIN=${LOGIN/-c local_preload_libraries= /}

server=''

main() {
  local faults
  trap 'end_server; exit 143' TERM INT
  faults=$(image_faults)
  [ -z "$faults" ] || refuse "the image cannot run this cluster: ${faults%; } (docs/images.md)" \
    'set another one in streamset:image, and deploy again'
  [ -z "${ROOT_CERTIFICATE:-}" ] || have_certificate
  make_data || refuse 'initdb cannot make a database in this image'
  start_server
  await_server || refuse 'no server starts with these files'
  log_in || refuse 'nobody can log in to a server with these files'
  ask_for_mistakes || refuse 'a server with these files cannot be queried for what it has read'
  if [ -s "$ANSWER" ]; then
    cp "$ANSWER" "$LOG"
    refuse 'the server does not accept these files'
  fi
  end_server
  echo 'a server runs with these files'
}

refuse() { # FACT [REMEDY]
  end_server
  echo "$1; nothing was changed, all pods run on with what they have"
  LC_ALL=C grep -avE "$NOISE" "$LOG" | tr -d '\000' | head -n "$SHOWN_LINES" || true
  show_lines
  echo "what to do: ${2:-correct the file, and deploy again}"
  exit 1
}

# The server numbers the lines of the rendered files, which begin and end with the program's own lines.
show_lines() {
  local name number
  while read -r name number; do
    printf '%s, line %s: %s\n' "$name" "$number" "$(sed -n "${number}p" "$CONF/$name" | tr -d '\000')"
  done < <(LC_ALL=C grep -aoE 'line [0-9]+ of configuration file "[^"]*"|file "[^"]*" line [0-9]+' "$LOG" |
    LC_ALL=C sed -E 's/^line ([0-9]+) of configuration file ".*\/([^\/"]*)"$/\2 \1/; s/^file ".*\/([^\/"]*)" line ([0-9]+)$/\1 \2/' | sort -u)
}

# The same trial as in the pods, which would go on with what they have.
have_certificate() {
  : >"$LOG"
  copy_certificate 2>>"$LOG" || refuse "$(lacking_files 'there is no such Secret, or it')" "$OF_THE_SECRET"
  # shellcheck disable=SC2086  # words
  in_background try_certificate $TLS_NAMES >"$ANSWER" || {
    cp "$TLS_FOLDER/trial.log" "$LOG"
    refuse 'no server can try the certificate'
  }
  [ ! -s "$ANSWER" ] || refuse "the certificate in the Secret cannot be used: $(<"$ANSWER")" "$OF_THE_SECRET"
  adopt_certificate || refuse 'the certificate cannot be copied'
}

make_data() {
  in_background create_cluster --pgdata="$PGDATA" --username=postgres --encoding=UTF8 --auth=trust --no-sync \
    --wal-segsize="$WAL_SEGMENT_MEGABYTES" >"$LOG" 2>&1
}

# bash handles a signal only between commands, so everything that takes time runs in the background while bash waits for it.
in_background() {
  local status=0 child
  "$@" <&0 & # explicit: otherwise a command in the background reads nothing
  child=$!
  wait "$child" || status=$?
  return "$status"
}

start_server() {
  : >"$LOG" # the output of initdb is no longer of interest
  postgres -D "$PGDATA" "${OWN_SETTINGS[@]}" >>"$LOG" 2>&1 & # other commands write there too
  server=$!
}

await_server() {
  local limit=$((SECONDS + START_SECONDS))
  until is_ready 1; do
    if ! kill -0 "$server" 2>/dev/null; then
      note_end
      return 1
    fi
    if ((SECONDS >= limit)); then
      echo "the server has not started within $START_SECONDS s" >>"$LOG"
      return 1
    fi
    in_background sleep 0.1 || return 1
  done
}

note_end() {
  local status=0
  wait "$server" || status=$?
  server=''
  if ((status > FIRST_SIGNAL_CODE)); then
    echo "the server was ended by signal $((status - FIRST_SIGNAL_CODE)); 9 is sent at the memory limit of the pods" >>"$LOG"
  fi
}

log_in() {
  PGOPTIONS=$LOGIN in_background timeout "$LOGIN_SECONDS" \
    psql -X -q -A -t -U postgres -d postgres -h "$SOCKETS" -p "$PORT" -c 'SELECT 1' >"$ANSWER" 2>>"$LOG"
}

ask_for_mistakes() {
  PGOPTIONS=$SUPERUSER in_background timeout "$LOGIN_SECONDS" \
    psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -d postgres -h "$SOCKETS" -p "$PORT" >"$ANSWER" 2>>"$LOG" <<'SQL'
SELECT concat_ws(': ', 'file "' || sourcefile || '" line ' || sourceline, name, error)
  FROM pg_file_settings
 WHERE error IS NOT NULL
   AND name NOT IN ('archive_mode', 'logging_collector') -- set on the command line here
UNION ALL
SELECT 'file "' || current_setting('hba_file') || '" line ' || line_number || ': ' || error
  FROM pg_hba_file_rules
 WHERE error IS NOT NULL
   AND error NOT LIKE '%record cannot match because%'; -- a line for TLS is harmless without TLS
SQL
}

end_server() {
  [ -n "$server" ] || return 0
  kill -QUIT "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=''
}

main
