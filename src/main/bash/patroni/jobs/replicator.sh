#!/usr/bin/env bash
# Job: creates the role for replication on whichever server leads, and sets the declared password. Each node takes a changed
# password from its own pod, where the kubelet brings it within about a minute. It can run any number of times.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/actions/set_password.sh
source "$SCRIPTS/actions/set_password.sh"
# shellcheck source=src/main/bash/actions/replicator.sh
source "$SCRIPTS/actions/replicator.sh"
# shellcheck source=src/main/bash/patroni/rest.sh
source "$SCRIPTS/patroni/rest.sh"

PSQL=(setsid psql) # without a terminal it reads passwords from standard input
SUPERUSER+=" $SECRETS"

main() {
  end_on_signal
  read_topology
  until try_set_role; do
    pause 1
  done
  log 'role replicator has the declared password'
}

try_set_role() {
  local leader
  if ! find_leader leader; then
    say_once leader 'waiting for a node to lead'
  elif set_role "$leader"; then
    return 0
  elif complains_about 'password authentication failed'; then
    say_refused "$leader"
  else
    say_once "$leader" "waiting for $leader: $(complaint)"
  fi
  return 1
}

main
