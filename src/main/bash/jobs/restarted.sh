#!/usr/bin/env bash
# Job, with either engine: ends when every server that is not declared lost runs in a pod of the declared template. The provider
# calls a changed StatefulSet complete before its controller has begun (seen with 4.25.0): without this Job an update would end
# while pods restart, and delete what pods of the former template still need. The Job changes nothing and can run any number of
# times. With the argument "lost", pods can be declared lost.
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
# shellcheck source=src/main/bash/facts/started.sh
source "$SCRIPTS/facts/started.sh"

LAST_RESORT=${1:-}
LIMIT_SECONDS=540 # before the deadline of the Job (see AgentJob), which ends it without a word
ASK_SECONDS=10

WAITING=()          # ordinals
declare -A STATE=() # of these, by host, at the last look: away, former (its pod is of a former template), alone (no upstream)

main() {
  local ordinal left
  end_on_signal
  read_topology
  for ordinal in "${!HOSTS[@]}"; do
    is_lost "$ordinal" || WAITING+=("$ordinal")
  done
  while true; do
    left=()
    for ordinal in "${WAITING[@]}"; do
      has_restarted "${HOSTS[$ordinal]}" || left+=("$ordinal")
    done
    WAITING=("${left[@]}")
    [ "${#WAITING[@]}" -gt 0 ] || break
    ((SECONDS < LIMIT_SECONDS)) || give_up
    pause 1
  done
}

has_restarted() { # HOST
  STATE["$1"]=away
  if ! accepts "$1"; then
    say_once "$1" "waiting for $1 to accept connections" \
      "if it does not come: $(kubectl_here) describe pod ${1%%.*}"
  elif ! query "$1" "$ASK_SECONDS" <<<"$(look)"; then
    say_once "$1" "waiting for $1: $(complaint)"
  elif answers_with_line restarted; then
    log "$1 runs in a pod of the declared template"
    unset "STATE[$1]"
    return 0
  elif answers_with_line former; then
    STATE["$1"]=former
    say_once "$1" "waiting for $1 to restart: its pod is of a former template"
  else
    STATE["$1"]=alone
    say_once "$1" "waiting for $1 to stream"
  fi
  return 1
}

look() {
  cat <<SQL
SELECT CASE WHEN coalesce(current_setting('streamset.pod', true), '') <> '${TOPOLOGY[pod]}' THEN 'former'
            WHEN $(started_sql) THEN 'restarted'
            ELSE 'alone' END;
SQL
}

# Kubernetes restarts pods from the highest ordinal down, and the next one only when the last one is ready.
give_up() {
  local ordinal pod
  log "after $LIMIT_SECONDS s, not all servers have restarted; nothing was undone, and Kubernetes goes on restarting them"
  for ordinal in "${WAITING[@]}"; do
    log "${LAST_SAID["${HOSTS[$ordinal]}"]}"
  done
  pod=${HOSTS[$ordinal]%%.*} # the one that restarts first
  if [ "${STATE["${HOSTS[$ordinal]}"]}" = former ]; then
    advise "find the pod that is not ready, for which Kubernetes waits even if it is declared lost; when it is ready, deploy again: $(kubectl_here) get pods"
  else
    advise "$(kubectl_here) describe pod $pod; when it is ready, deploy again"
    ! can_be_lost "$ordinal" ||
      advise "if $pod is gone for good: pulumi config set --path 'streamset:lost[$(count_lost_nodes)]' $ordinal && pulumi up"
  fi
  exit 1
}

# While others have not restarted, that would not help them.
can_be_lost() { # ORDINAL
  [ "$LAST_RESORT" = lost ] && [ "$1" != "$PRIMARY" ] && [ "${STATE["${HOSTS[$1]}"]}" = away ] &&
    [[ " ${STATE[*]} " != *' former '* ]]
}

main
