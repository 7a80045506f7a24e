#!/usr/bin/env bash
# Job: creates the role for replication on the primary and sets the declared password. Each standby takes a changed password from
# its own pod, where the kubelet brings it within about a minute (see actions/upstream.sh), so this Job connects only to the
# primary. It can run any number of times.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
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

PSQL=(setsid psql) # without a terminal it reads passwords from standard input
SUPERUSER+=" $SECRETS"

main() {
  end_on_signal
  read_topology
  until try_set_role "${HOSTS[$PRIMARY]}"; do
    pause 1
  done
  log 'role replicator has the declared password'
}

try_set_role() { # HOST
  if ! accepts "$1"; then
    say_once "$1" "waiting for $1 to accept connections"
  elif set_role "$1"; then
    return 0
  elif complains_about 'password authentication failed'; then
    say_refused "$1"
  else
    say_once "$1" "waiting for $1: $(complaint)"
  fi
  return 1
}

main
