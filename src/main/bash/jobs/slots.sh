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
# shellcheck source=src/main/bash/facts/node_login.sh
source "$SCRIPTS/facts/node_login.sh"
# shellcheck source=src/main/bash/actions/job_functions.sh
source "$SCRIPTS/actions/job_functions.sh"

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

# By the function that the node makes. A server of a former version has none: whoever has the superuser's password does without it, and
# others wait for the restart of the primary, which does not wait for them.
settle() { # HOST
  local prefix
  prefix=$(own_slots)
  query "$1" <<SQL
SELECT to_regprocedure('streamset.slots(text, integer[])') IS NOT NULL AS made \\gset
\\if :made
SELECT streamset.slots('$prefix', '$(declared_standbys)');
\\else
DO \$\$BEGIN
  IF NOT current_setting('is_superuser')::boolean THEN
    RAISE insufficient_privilege USING MESSAGE = 'permission denied: the node has not made the function for slots yet';
  END IF;
END\$\$;
$(slots_function pg_temp "$prefix")
SELECT pg_temp.slots('$prefix', '$(declared_standbys)');
\\endif
SQL
}

declared_standbys() { # as an array of SQL
  local ordinal ordinals=()
  for ordinal in "${!HOSTS[@]}"; do
    [ "$ordinal" = "$PRIMARY" ] || ordinals+=("$ordinal")
  done
  (
    IFS=,
    printf '{%s}' "${ordinals[*]}"
  )
}

main
