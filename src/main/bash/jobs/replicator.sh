#!/usr/bin/env bash
# Job: the role for replication on the primary, with the declared password. Can run any number of times.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/node.sh
source "$SCRIPTS/shared/node.sh"

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
    say_once "$1" "waiting for $1 to accept connections"
  elif run set_role "$1" 2>"$COMPLAINT"; then
    return 0
  elif grep -q 'password authentication failed' "$COMPLAINT"; then
    say_once "$1" "role postgres has another password than declared; what to do: kubectl exec -it ${1%%.*} -- psql -U postgres -c '\\password postgres'"
  else
    say_once "$1" "waiting for $1: $(complaint)"
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
    until try_pass_on "${HOSTS[$ordinal]}"; do
      pause
    done
  done
}

try_pass_on() {
  if ! accepts "$1"; then
    log "$1 does not run; it gets the declared password when it starts"
  elif run write_passfile "$1" 2>"$COMPLAINT"; then
    log "$1 connects with the declared password"
  else
    say_once "$1" "waiting for $1: $(complaint)"
    return 1
  fi
}

# Through the server, which runs the command in its data directory. Coded, because COPY changes backslashes.
write_passfile() {
  superuser "$1" <<SQL
$SQL_UNLOGGED
COPY (SELECT '$(passfile_line | base64 -w 0)')
  TO PROGRAM 'umask 077 && base64 -d >$PASSFILE.new && mv $PASSFILE.new $PASSFILE';
SQL
}

main
