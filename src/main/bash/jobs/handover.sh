#!/usr/bin/env bash
# Job: ends when the declared primary writes. It announces the declaration to every server at once, and waits until the nodes
# have carried it out (see actions/role.sh). It promotes by itself only if the old primary is declared lost and does not answer.
# With the argument "ready" it also ends when the old primary is ready to hand over, and waits only for the Service for writing
# to select the declared one (see actions/service.sh).
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
# shellcheck source=src/main/bash/shared/position.sh
source "$SCRIPTS/shared/position.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/facts/node_login.sh
source "$SCRIPTS/facts/node_login.sh"
# shellcheck source=src/main/bash/facts/peers.sh
source "$SCRIPTS/facts/peers.sh"
# shellcheck source=src/main/bash/decisions/loss.sh
source "$SCRIPTS/decisions/loss.sh"
# shellcheck source=src/main/bash/actions/announce.sh
source "$SCRIPTS/actions/announce.sh"
# shellcheck source=src/main/bash/actions/job_functions.sh
source "$SCRIPTS/actions/job_functions.sh"
# shellcheck source=src/main/bash/actions/promote.sh
source "$SCRIPTS/actions/promote.sh"

UNTIL=${1:-writable}
RETRY_SECONDS=0.5
LATE_SECONDS=30 # a standby that is declared primary stops replaying late within a second or two
LATE_SINCE=''   # when it was first seen to replay late
AHEAD='' # the host that had more than the declared primary at the last look, and the position of the declared primary

main() {
  local host word
  local -A declared
  end_on_signal
  read_topology
  host=${HOSTS[$PRIMARY]}
  announce_to_all
  while true; do
    ask "$host" into declared || true
    word=$(decide_job "${declared[role]}" "${declared[waits]}" "$(yes_or_no has_lost_nodes)" "${declared[late]}")
    case "$UNTIL $word" in
      'ready wait-for-a-hand-over' | 'ready ask-the-others') ! somebody_is_ready || return 0 ;;
    esac
    case $word in
      end) break ;;
      wait-for-an-answer) wait_for_an_answer "$host" "waiting for $host to answer: $(complaint)" ;;
      wait-for-a-hand-over) say_once "$host" "waiting for the primary to hand over to $host" ;;
      wait-until-it-replays-at-once) wait_until_it_replays_at_once "$host" "${declared[late]}" ;;
      wait-until-all-is-replayed) say_once "$host" "waiting for $host to replay what it has" ;;
      ask-the-others) promote_unless_somebody_has_more "$host" declared || true ;; # the next look shows the result
    esac
    pause "$RETRY_SECONDS"
  done
  log "$host writes"
}

# Pods of former versions do not let the role of the nodes in from here, and an update that was interrupted may have left such ones. The name
# of the file is the same in every language.
wait_for_an_answer() { # HOST FACT [REMEDY]
  if complains_about 'pg_hba\.conf'; then
    say_once "$1" "$2" "if its pod does not restart by itself within some minutes: $(kubectl_here) delete pod ${1%%.*}"
  else
    say_once "$@"
  fi
}

# The answer of a primary counts, for this declaration.
somebody_is_ready() {
  local host
  for host in "${HOSTS[@]}"; do
    if [ "$host" != "${HOSTS[$PRIMARY]}" ] && ask_for_readiness "$host" &&
      answers_with_line "$PRIMARY ${TOPOLOGY[generation]}"; then
      log "$host is ready to hand over to ${HOSTS[$PRIMARY]}"
      return 0
    fi
  done
  return 1
}

# By the function that the node makes, where there is one.
ask_for_readiness() { # HOST
  query "$1" "$ASK_SECONDS" <<SQL
SELECT to_regprocedure('streamset.ready()') IS NOT NULL AS made \\gset
\\if :made
SELECT streamset.ready();
\\else
$(ready_sql);
\\endif
SQL
}

# It does so by itself (see actions/late.sh) unless ALTER SYSTEM sets a delay. The old primary writes meanwhile.
wait_until_it_replays_at_once() { # HOST DELAY
  say_once "$1" "waiting for $1 to replay at once: recovery_min_apply_delay is $2 there"
  LATE_SINCE=${LATE_SINCE:-$SECONDS}
  ((SECONDS - LATE_SINCE < LATE_SECONDS)) ||
    fail "$1 replays $2 late, although it is declared primary: nothing was handed over, and the old primary goes on writing" \
      "$(kubectl_here) exec ${1%%.*} -c postgresql -- psql -U postgres -c 'ALTER SYSTEM RESET recovery_min_apply_delay' -c 'SELECT pg_reload_conf()'; then deploy again"
}

# Nodes that do not answer read it when they start.
announce_to_all() {
  local host
  for host in "${HOSTS[@]}"; do
    if announce "$host"; then
      log "$host knows what is declared"
    else
      log "$host will read later what is declared: $(complaint)"
    fi
  done
}

promote_unless_somebody_has_more() { # DECLARED-HOST DECLARED-FACTS
  local -n one_facts=$2
  local index host
  local -A peer
  for index in "${!HOSTS[@]}"; do
    [ "$index" != "$PRIMARY" ] || continue
    host=${HOSTS[$index]}
    ask "$host" into peer || true
    case $(decide_about_peer "$2" peer "$(yes_or_no is_lost "$index")") in
      no-obstacle) continue ;;
      wait-for-the-lost-one)
        say_once "$1" "$host is declared lost, but answers: waiting for it to hand over to $1, without a loss"
        ;;
      wait-for-an-answer)
        wait_for_an_answer "$host" "waiting for $host, which may have more than $1: $(complaint)" \
          "if it is lost too: pulumi config set --path 'streamset:lost[$(count_lost_nodes)]' $index && pulumi up"
        ;;
      wait-for-a-hand-over) say_once "$1" "waiting for $host to hand over to $1" ;;
      wait-until-all-is-replayed) say_once "$1" "waiting for $host to replay what it has" ;;
      has-more)
        # The facts of one look are not simultaneous: a primary sends its last record to one standby after another.
        if [ "$AHEAD" != "$host of ${one_facts[has]}" ]; then
          AHEAD="$host of ${one_facts[has]}"
          return 1
        fi
        fail "$host has more of the lost primary's WAL (timeline ${peer[timeline]}, ${peer[has]}) than $1 (timeline ${one_facts[timeline]}, ${one_facts[has]}): no standby was promoted" \
          "pulumi config set streamset:primary $index && pulumi up"
        ;;
    esac
    return 1
  done
  log "what was written after ${one_facts[has]} of timeline ${one_facts[timeline]} is lost: no server that answers has it"
  promote "$1"
}

main
