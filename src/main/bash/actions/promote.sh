# shellcheck shell=bash
# Making a server write. Sourced after peers.sh.

PROMOTE_SECONDS=40 # more than pg_promote itself waits

# Ends only when the server on the host writes, or cannot be made to.
promote() { # HOST
  local -A promoted
  query "$1" "$PROMOTE_SECONDS" <<<'SELECT pg_promote(true, 30)' || log "$1 was to be promoted: $(complaint)"
  ask "$1" into promoted && [ "${promoted[role]}" = primary ]
}
