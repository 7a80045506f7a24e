#!/usr/bin/env bash
# Job: creates a slot on the primary for each declared standby, and drops those of standbys that are no longer declared: they
# would keep WAL that nobody needs. It leaves slots with other names alone. It can run any number of times.
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

main() {
  end_on_signal
  read_topology
  until try_settle "${HOSTS[$PRIMARY]}"; do
    pause 1
  done
  log "every declared standby has its slot on ${HOSTS[$PRIMARY]}"
}

try_settle() {
  local line
  if ! accepts "$1"; then
    say_once "$1" "waiting for $1 to accept connections"
    return 1
  elif ! settle "$1"; then
    say_once "$1" "waiting for $1: $(complaint)"
    return 1
  fi
  while read -r line; do
    say_once "$line" "$line"
  done < <(answer)
  ! answers_with_line 'waiting .*'
}

# Reports what it does. An undeclared slot in use belongs to a pod that is still ending. A lost slot of a standby that is away
# holds nothing, and from 18 on nobody can stream with it.
settle() {
  query "$1" <<SQL
\\set own '(SELECT *, slot_name = ANY (''$(declared_slots)'') AS declared FROM pg_replication_slots WHERE slot_type = ''physical'' AND slot_name ~ ''^$(own_slots)_(0|[1-9][0-9]*)\$'') AS own'
SELECT concat('slot ', slot_name, ' dropped: ', CASE WHEN declared THEN 'it has lost WAL' ELSE 'no such standby is declared' END,
              pg_drop_replication_slot(slot_name))
  FROM :own WHERE NOT active AND (wal_status = 'lost' OR NOT declared) ORDER BY slot_name;
SELECT concat('slot ', (pg_create_physical_replication_slot(missing, true)).slot_name, ' created')
  FROM unnest('$(declared_slots)'::name[]) AS missing
 WHERE missing NOT IN (SELECT slot_name FROM pg_replication_slots);
SELECT concat('waiting for slot ', slot_name, ' to be released: no such standby is declared')
  FROM :own WHERE NOT declared ORDER BY slot_name;
SQL
}

declared_slots() {
  local ordinal names=()
  for ordinal in "${!HOSTS[@]}"; do
    [ "$ordinal" = "$PRIMARY" ] || names+=("$(slot_name "${HOSTS[$ordinal]%%.*}")")
  done
  (
    IFS=,
    printf '{%s}' "${names[*]}"
  )
}

main
