#!/usr/bin/env bash
# Job: the role for replication on the primary, with the declared password. Can run any number of times.
set -euo pipefail
# shellcheck source=src/main/bash/node.sh
source "$(dirname "$0")/node.sh"

main() {
  end_on_signal
  until try_set_role "${HOSTS[$PRIMARY]}"; do
    pause
  done
  log 'role replicator is there, with the declared password'
  pass_password_on
}

try_set_role() {
  if ! accepts "$1"; then
    say_once "waiting for $1 to accept connections"
    return 1
  fi
  run set_role "$1" 2>"$COMPLAINT" && return 0
  say_once "$(complaint)"
  if grep -q 'password authentication failed' "$COMPLAINT"; then
    say_once "role postgres has another password than declared; what to do: kubectl exec -it ${1%%.*} -- psql -U postgres -c '\\password postgres'"
  fi
  return 1
}

set_role() {
  superuser "$1" <<SQL
$SQL_UNLOGGED
SELECT 'CREATE ROLE replicator' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator') \\gexec
ALTER ROLE replicator WITH LOGIN REPLICATION PASSWORD $(sql_quoted "$(password replicator)");
SQL
}

# Standbys that run connect with the new password from now on; those that do not get it when they start.
pass_password_on() {
  local ordinal
  for ordinal in "${!HOSTS[@]}"; do
    [ "$ordinal" != "$PRIMARY" ] || continue
    if accepts "${HOSTS[$ordinal]}" && run set_upstream "$ordinal" 2>"$COMPLAINT"; then
      log "${HOSTS[$ordinal]} connects with the declared password"
    else
      log "${HOSTS[$ordinal]} does not run; it gets the declared password when it starts"
    fi
  done
}

set_upstream() {
  local conninfo
  conninfo=$(sql_quoted "$(primary_conninfo "$1")")
  superuser "${HOSTS[$1]}" <<SQL
$SQL_UNLOGGED
SELECT pg_is_in_recovery() AND current_setting('primary_conninfo') <> $conninfo AS changed \\gset
\\if :changed
ALTER SYSTEM SET primary_conninfo = $conninfo;
SELECT pg_reload_conf() \\g /dev/null
\\endif
SQL
}

main
