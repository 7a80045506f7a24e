# shellcheck shell=bash
# Querying servers about their WAL. Sourced by start.sh, after peers.sh.

# Sets NAME to the position at which a server left a timeline for its present one, or to 'never' if it never was on that
# timeline. Returns false if the server does not answer.
find_fork() { # HOST TIMELINE-OF-THE-HOST TIMELINE into NAME
  local history place
  if (($2 == 1)); then # nobody left another timeline for the first one, so it has no history file
    printf -v "$5" never
    return 0
  fi
  history=$(printf 'pg_wal/%08X.history' "$2")
  query "$1" "$ASK_SECONDS" <<<"SELECT convert_from(pg_read_binary_file('$history'), 'UTF8')" || return 1
  place=$(awk -v timeline="$3" '$1 == timeline { print $2 }' < <(answer)) || return 1
  [[ $place =~ ^($POSITION_PATTERN)?$ ]] || return 1
  printf -v "$5" '%s' "${place:-never}"
}

# Prints the position at which the data here left that timeline for their present one. Returns false if they do not tell.
where_this_node_left() { # TIMELINE PRESENT-TIMELINE
  local history place
  history=$PGDATA/pg_wal/$(printf '%08X.history' "$2")
  place=$(awk -v timeline="$1" '$1 == timeline { print $2 }' "$history" 2>/dev/null) && [ -n "$place" ] || return 1
  printf '%s' "$place"
}

# False if the host has removed WAL from this position on. True in doubt.
has_wal_from() { # HOST LSN
  query "$1" "$ASK_SECONDS" <<<"SELECT EXISTS (SELECT FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}\$'
    AND substr(name, 9) COLLATE \"C\" <= substr(pg_walfile_name('$2'::pg_lsn + 1), 9))" || return 0
  answers_with_line t
}

streams() { # this node streams WAL, or cannot answer yet
  ! ask_receiver || answers_with_line streaming
}

certainly_streams() { ask_receiver && answers_with_line streaming; }

# A line with the state of the stream, and one if no more is replayed.
ask_receiver() {
  query "$(own_server)" "$ASK_SECONDS" <<'SQL'
SELECT status FROM pg_stat_wal_receiver
 UNION ALL
SELECT 'paused' WHERE CASE WHEN pg_is_in_recovery() THEN pg_get_wal_replay_pause_state() = 'paused' END
SQL
}

receiver_is_paused() { answers_with_line paused; } # by the last answer
