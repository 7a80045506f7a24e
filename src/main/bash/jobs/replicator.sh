#!/usr/bin/env bash
# Job: the role for replication on the primary, with the declared password. Each standby takes a changed password from its
# own pod, where the kubelet brings it within about a minute (see actions/upstream.sh), so none travels from here but to the
# primary. Can run any number of times.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"

main() {
  end_on_signal
  read_topology
  until try_set_role "${HOSTS[$PRIMARY]}"; do
    pause 1
  done
  log 'role replicator is there, with the declared password'
}

try_set_role() { # HOST
  if ! accepts "$1"; then
    say_once "$1" "waiting for $1 to accept connections"
  elif set_role "$1"; then
    return 0
  elif complains_about 'password authentication failed'; then
    say_once "$1" "role postgres has another password than declared; what to do: $(kubectl_here) exec -it ${1%%.*} -c postgresql -- psql -U postgres -c '\\password postgres'"
  else
    say_once "$1" "waiting for $1: $(complaint)"
  fi
  return 1
}

# Nothing of the password in the server's log, nor in what extensions keep or log (a server without the extension takes the
# setting for a name of our own). It is kept as SCRAM whatever the conf files say.
set_role() { # HOST
  query "$1" <<SQL
SET log_statement = 'none'; SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1; SET log_min_duration_sample = -1; SET log_transaction_sample_rate = 0;
SET pg_stat_statements.track = 'none'; SET auto_explain.log_min_duration = -1;
SET password_encryption = 'scram-sha-256';
SELECT 'CREATE ROLE replicator' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator') \\gexec
ALTER ROLE replicator WITH LOGIN REPLICATION PASSWORD $(sql_quoted "$(password replicator)");
SQL
}

main
