#!/usr/bin/env bash
# Job: the declared primary writes. Announces to every server at once what is declared, and waits until they have sorted it out (see
# role.sh). Promotes by itself only where the old primary is declared lost and does not answer.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/node.sh
source "$SCRIPTS/shared/node.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/facts/peers.sh
source "$SCRIPTS/facts/peers.sh"
# shellcheck source=src/main/bash/actions/announce.sh
source "$SCRIPTS/actions/announce.sh"

RETRY_SECONDS=0.5

main() {
  local declared
  end_on_signal
  read_topology
  declared=$(primary_host)
  announce_to_all
  until ask "$declared" && [ "$ROLE" = primary ]; do
    if [ -z "$ROLE" ]; then
      say_once "$declared" "waiting for $declared to answer: $(complaint)"
    elif ! has_lost_nodes; then
      say_once "$declared" "waiting for the primary to hand over to $declared"
    else
      promote_unless_somebody_writes "$declared"
    fi
    pause
  done
  log "$declared writes"
}

# Those that do not answer read it when they start.
announce_to_all() {
  local host
  for host in "${HOSTS[@]}"; do
    if run announce "$host" >"$ANSWER" 2>"$COMPLAINT"; then
      log "$host knows what is declared"
    else
      log "$host reads later what is declared: $(complaint)"
    fi
  done
}

# Without the lost ones: their data cannot be asked for. With all others: the one with the most of them takes over. How much
# one has is known only when it has replayed it.
promote_unless_somebody_writes() {
  local declared=$1 timeline=$TIMELINE has=$HAS ordinal host
  if [ "$WAITS" != t ]; then
    say_once "$declared" "waiting for $declared to replay what it has"
    return 0
  fi
  for ordinal in "${!HOSTS[@]}"; do
    host=${HOSTS[$ordinal]}
    if [ "$ordinal" = "$PRIMARY" ]; then
      continue
    elif is_lost "$ordinal"; then
      if ask "$host"; then
        say_once "$declared" "$host is declared lost, but answers: waiting for it to hand over to $declared, without a loss"
        return 0
      fi
    elif ! ask "$host"; then
      say_once "$declared" "waiting for $host, which may have more than $declared: $(complaint)" \
        "if it is lost too: pulumi config set --path 'streamset:lost[$(count_lost_nodes)]' $ordinal && pulumi up"
      return 0
    elif [ "$ROLE" = primary ]; then
      say_once "$declared" "waiting for $host to hand over to $declared"
      return 0
    elif [ "$WAITS" != t ]; then
      say_once "$declared" "waiting for $host to replay what it has"
      return 0
    elif ((TIMELINE > timeline)) || { ((TIMELINE == timeline)) && (($(position "$HAS") > $(position "$has"))); }; then
      fail "$host has more of the lost primary's WAL (timeline $TIMELINE, $HAS) than $declared (timeline $timeline, $has): nobody was promoted" \
        "pulumi config set streamset:primary $ordinal && pulumi up"
    fi
  done
  log "what was written after $has of timeline $timeline is lost: nobody who answers has it"
  promote "$declared" || true
}

main
