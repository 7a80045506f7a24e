# shellcheck shell=bash
# Asking servers about their WAL. Sourced by start.sh, after peers.sh.

# NAME becomes the place at which a server left a timeline for the one that it is on, or 'never' when it never was on it;
# false when it does not tell.
find_fork() { # HOST TIMELINE-OF-THE-HOST TIMELINE into NAME
  local history place
  history=$(printf 'pg_wal/%08X.history' "$2")
  query "$1" "$ASK_SECONDS" <<<"SELECT pg_read_file('$history')" || return 1
  place=$(awk -v timeline="$3" '$1 == timeline { print $2 }' < <(answer)) || return 1
  [[ $place =~ ^($POSITION_PATTERN)?$ ]] || return 1
  printf -v "$5" '%s' "${place:-never}"
}

# False when the host has removed the WAL from this place on. With doubt, and with an archive, the server helps itself.
has_wal_from() { # HOST PLACE
  query "$1" "$ASK_SECONDS" <<<"SELECT EXISTS (SELECT FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}\$'
    AND substr(name, 9) COLLATE \"C\" <= substr(pg_walfile_name('$2'::pg_lsn + 1), 9))" || return 0
  answers_with_line t || [ -n "$(configured restore_command)" ]
}

streams() { # this node gets WAL, or is not so far yet that it could say
  ! query "$(own_server)" "$ASK_SECONDS" <<<'SELECT status FROM pg_stat_wal_receiver' || answers_with_line streaming
}
