# shellcheck shell=bash
# Promoting a server. Sourced after peers.sh.

PROMOTE_SECONDS=40 # longer than pg_promote itself waits

# Returns when the server on the host writes, or when it could not be promoted.
promote() { # HOST
  local -A promoted
  query "$1" "$PROMOTE_SECONDS" <<<'SELECT pg_promote(true, 30)' || log "$1 was not promoted, or did not confirm it: $(complaint)"
  ask "$1" into promoted && [ "${promoted[role]}" = primary ]
}

NOT_PROMOTED=1     # certainly
PERHAPS_PROMOTED=2 # it does not answer any more, or writes already

# Promotes the standby on the host if it has replayed the record at POSITION, the last one of a clean shutdown, which is a
# checkpoint. All in one query, because nobody writes meanwhile. Returns true when that server writes, else one of the numbers.
promote_if_it_has() { # HOST POSITION
  local -A promoted
  if query "$1" "$PROMOTE_SECONDS" <<<"
    SELECT CASE WHEN NOT pg_is_in_recovery() THEN 'primary'
                WHEN pg_last_wal_replay_lsn() > '$2' THEN pg_promote(true, 30)::text
                ELSE 'behind' END"; then
    case $(answer) in
      true) return 0 ;;
      behind) return "$NOT_PROMOTED" ;;
      primary) return "$PERHAPS_PROMOTED" ;;
    esac
  elif complains_about 'connection to server .* failed' || complains_about 'could not translate host name'; then
    return "$NOT_PROMOTED"
  fi
  log "$1 was not promoted, or did not confirm it: $(complaint)"
  { ask "$1" into promoted && [ "${promoted[role]}" = primary ]; } || return "$PERHAPS_PROMOTED"
}
