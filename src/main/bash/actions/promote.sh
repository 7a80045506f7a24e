# shellcheck shell=bash
# Promoting a server. Sourced after peers.sh.

PROMOTE_SECONDS=40 # longer than pg_promote itself waits

# Returns when the server on the host writes, or when it could not be promoted.
promote() { # HOST
  local -A promoted
  query "$1" "$PROMOTE_SECONDS" <<<'SELECT pg_promote(true, 30)' || log "$1 was not promoted, or did not confirm it: $(complaint)"
  ask "$1" into promoted && [ "${promoted[role]}" = primary ]
}
