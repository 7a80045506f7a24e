#!/usr/bin/env bash
# Init container of a cluster that begins with a backup, with automatic failover: lets backup/restore.sh begin only when all other nodes
# have said that their volumes are empty. A restored database beside data of the cluster would be one more primary, which may lack what
# the others have. With data elsewhere nothing is restored, and this node clones.
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
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/patroni/rest.sh
source "$SCRIPTS/patroni/rest.sh"
# shellcheck source=src/main/bash/patroni/words.sh
source "$SCRIPTS/patroni/words.sh"

ASK_WITHIN=2

main() {
  local host
  end_on_signal
  read_topology
  if is_declared && is_empty_folder "$PGDATA"; then
    for host in "${HOSTS[@]}"; do
      [ "$host" = "${HOSTS[$ORDINAL]}" ] || await_answer "$host"
    done
  fi
  exec bash "$SCRIPTS/backup/restore.sh"
}

# The init containers of the others answer, and wait until somebody leads.
await_answer() { # HOST
  local status words
  until get "$ASK_WITHIN" "$1" /primary && http_status status; do
    say_once "$1" "waiting until $1 says that its volume is empty"
    pause 1
  done
  words=$(words_of "$(answer)")
  [[ $words == empty* ]] || leave_it "$1"
}

leave_it() { # HOST
  log "$1 has data of this cluster: nothing is restored beside them"
  exit 0
}

main
