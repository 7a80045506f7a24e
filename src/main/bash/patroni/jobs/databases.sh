#!/usr/bin/env bash
# Job: makes the declared databases with their roles and extensions on whichever server leads. It drops nothing, and can run any
# number of times.
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
# shellcheck source=src/main/bash/actions/databases.sh
source "$SCRIPTS/actions/databases.sh"
# shellcheck source=src/main/bash/patroni/rest.sh
source "$SCRIPTS/patroni/rest.sh"

PSQL=(setsid psql) # without a terminal it reads passwords from standard input
SUPERUSER+=" $SECRETS"

main() {
  end_on_signal
  read_topology
  read_databases
  check_passwords
  until try_make; do
    pause 1
  done
  log 'all declared databases and their roles are there'
}

try_make() {
  local leader
  if ! find_leader leader; then
    say_once leader 'waiting for a node to lead'
    return 1
  fi
  make_databases "$leader"
}

main
