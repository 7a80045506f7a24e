#!/usr/bin/env bash
# Job: the role for replication on the primary, with the declared password. Each standby takes a changed password from its
# own pod, where the kubelet brings it within about a minute (see actions/standby.sh), so none travels from here but to the
# primary. Can run any number of times.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/node.sh
source "$SCRIPTS/shared/node.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"

main() {
  end_on_signal
  read_topology
  until try_set_role "${HOSTS[$PRIMARY]}"; do
    pause
  done
  log 'role replicator is there, with the declared password'
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
SET password_encryption = 'scram-sha-256'; -- whatever the conf files say
SELECT 'CREATE ROLE replicator' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator') \\gexec
ALTER ROLE replicator WITH LOGIN REPLICATION PASSWORD $(sql_quoted "$(password replicator)");
SQL
}

main
