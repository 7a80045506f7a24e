#!/usr/bin/env bash
# Job: makes the declared databases with their roles and extensions on the primary. It drops nothing, and can run any number of
# times.
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
# shellcheck source=src/main/bash/actions/databases.sh
source "$SCRIPTS/actions/databases.sh"

PSQL=(setsid psql) # without a terminal it reads passwords from standard input
SUPERUSER+=" $SECRETS"

main() {
  end_on_signal
  read_topology
  read_databases
  check_passwords
  until try_make "${HOSTS[$PRIMARY]}"; do
    pause 1
  done
  log 'all declared databases and their roles are there'
}

try_make() { # HOST
  if ! accepts "$1"; then
    say_once "$1" "waiting for $1 to accept connections"
    return 1
  fi
  make_databases "$1"
}

main
