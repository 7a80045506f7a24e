#!/usr/bin/env bash
# Init container of a cluster with automatic failover: checks image and data, removes what interrupted operations have left, and
# waits until this node may start. Patroni never creates a database, or leads with data of the declared engine, unless this script
# has let it.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/markers.sh
source "$SCRIPTS/shared/markers.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/shared/position.sh
source "$SCRIPTS/shared/position.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/facts/image.sh
source "$SCRIPTS/facts/image.sh"
# shellcheck source=src/main/bash/actions/wal.sh
source "$SCRIPTS/actions/wal.sh"
# shellcheck source=src/main/bash/patroni/rest.sh
source "$SCRIPTS/patroni/rest.sh"
# shellcheck source=src/main/bash/patroni/words.sh
source "$SCRIPTS/patroni/words.sh"
# shellcheck source=src/main/bash/patroni/data.sh
source "$SCRIPTS/patroni/data.sh"
# shellcheck source=src/main/bash/patroni/decide.sh
source "$SCRIPTS/patroni/decide.sh"
# shellcheck source=src/main/bash/patroni/python.sh
source "$SCRIPTS/patroni/python.sh"
# shellcheck source=src/main/bash/patroni/give_back.sh
source "$SCRIPTS/patroni/give_back.sh"
# shellcheck source=src/main/bash/patroni/leftovers.sh
source "$SCRIPTS/patroni/leftovers.sh"
# shellcheck source=src/main/bash/actions/create.sh
source "$SCRIPTS/actions/create.sh"
# shellcheck source=src/main/bash/tls/trial.sh
source "$SCRIPTS/tls/trial.sh"
# shellcheck source=src/main/bash/tls/certificate.sh
source "$SCRIPTS/tls/certificate.sh"

PATIENCE_SECONDS=10 # for nodes that may have been on the declared engine since; a node that is gone must not stop the others
ASK_WITHIN=2 # an answer that takes its time
ASK_SOON=0.5 # the first times: the name of a pod that was replaced leads to the former one for a moment, where nothing answers
SOON_SECONDS=5
ASK_AGAIN=0.2 # all nodes start at the same time, and one that waits for nobody any more is to lead

ANSWERING='' # the process that tells the others what is here

main() {
  trap 'stop_answering; end_at_once' TERM INT
  IMAGE_PROGRAMS+=(patroni chmod)
  check_image
  find_python
  read_topology
  lock_volume
  have_certificate
  remove_leftovers
  check_data
  start_answering
  await_turn
  stop_answering
  mark_prepared
}

check_data() {
  if has_data; then
    check_segment_size
    undo_adoption || fail 'the data here cannot be written'
    settle_wal
  elif ! is_empty_folder "$PGDATA"; then
    fail "$PGDATA has files but no database in it (no PG_VERSION or no global/pg_control): neither used nor deleted" \
      "save the files that you need, then give this pod an empty volume: $(clone_again)"
  elif [ -n "$WALDIR" ] && ! is_empty_folder "$WALDIR"; then
    fail "the data volume is empty, but the volume for WAL has the WAL of a database ($WALDIR): neither used nor deleted" \
      "restore the data volume; if you do not need that database: $(discard "wal-$HOSTNAME")"
  fi
}

# The declared engine has made a primary's data read-only, but no server of it has run since.
undo_adoption() {
  is_unsettled || return 0
  if [ "$(engine_of_the_data) $(unsettled_role)" = 'patroni primary' ] && is_standby; then
    rm "$PGDATA/standby.signal" && sync "$PGDATA" || return 1
    log "the other engine has run no server on the primary's data here: they are a primary's again"
  fi
  forget_unsettled
}

start_answering() {
  OWN=$(describe_data)
  "$PYTHON" "$SCRIPTS/patroni/answer.py" "$REST_PORT" "$OWN" "${STREAMSET_ADDRESS:-}" 9<&- &
  ANSWERING=$!
}

stop_answering() {
  [ -z "$ANSWERING" ] || kill "$ANSWERING" 2>/dev/null || true
  ANSWERING=''
}

await_turn() {
  local word leader started=$SECONDS within=$ASK_SOON
  local -a nodes
  while true; do
    kill -0 "$ANSWERING" 2>/dev/null || fail "the others cannot ask this node: nothing answers on port $REST_PORT any more"
    if ask_nodes "$within" nodes leader; then
      log "joins $leader, which leads"
      return 0
    fi
    word=$(decide_first "$ORDINAL" "$PRIMARY" "$(yes_or_no patience_is_over "$started")" nodes)
    case $word in
      start)
        give_lease_back nodes
        log 'starts: Patroni has run on these data before, and decides who leads'
        return 0
        ;;
      create) log 'all volumes are empty: this node creates the database' && return 0 ;;
      lead)
        forget_former_time
        log "the data here were the primary's, and no other node has more: this node leads first"
        return 0
        ;;
      wait-for-a-leader) say_once turn 'waiting for another node to lead' ;;
      wait-for-the-others) say_once turn "waiting for the others to answer, at most $PATIENCE_SECONDS s" ;;
      wait-for-all) say_once turn "waiting for all nodes: $(missing_nodes nodes) must answer before anybody leads for the first time" ;;
      refuse-several) say_once turn 'several nodes were the primary on the same timeline: nobody may lead' \
        'go back to failover declared, which decides by what is declared (docs/operations.md, Automatic failover)' ;;
      refuse-none) say_once turn 'no node has the data of the last primary: a standby that leads now may lack what that one has acknowledged' \
        'bring back its volume; if it is lost, go back to failover declared and declare it lost (docs/operations.md, Automatic failover)' ;;
    esac
    pause "$ASK_AGAIN"
    ((SECONDS - started < SOON_SECONDS)) || within=$ASK_WITHIN
  done
}

patience_is_over() { ((SECONDS - $1 >= PATIENCE_SECONDS)); } # SINCE

# Sets NODES to the words of each node. Returns true, with the host, if one leads.
ask_nodes() { # WITHIN NODES LEADER
  local -n asked_nodes=$2
  local index status text words
  asked_nodes=()
  for index in "${!HOSTS[@]}"; do
    words=''
    if [ "$index" = "$ORDINAL" ]; then
      words=$(words_of "$OWN")
    elif get "$1" "${HOSTS[$index]}" /primary && http_status status; then
      if [ "$status" = 200 ]; then
        printf -v "$3" '%s' "${HOSTS[$index]}"
        return 0
      fi
      text=$(answer)
      refuse_foreign "${HOSTS[$index]}" "$text"
      words=$(words_of "$text")
    fi
    asked_nodes+=("$words")
  done
  return 1
}

refuse_foreign() { # HOST ANSWER
  local own
  [[ $2 =~ $WAITING ]] || return 0 # Patroni compares by itself
  local other=${BASH_REMATCH[4]}
  [[ $OWN =~ $WAITING ]] || return 1
  own=${BASH_REMATCH[4]}
  if [ "$own" != 0 ] && [ "$other" != 0 ] && [ "$own" != "$other" ]; then
    fail "$(foreign "$own" "$1" "$other")" "$(foreign_remedy)"
  fi
}

missing_nodes() { # NODES
  local -n some_nodes=$1
  local index missing=()
  for index in "${!some_nodes[@]}"; do
    [ -n "${some_nodes[$index]}" ] || missing+=("${HOSTS[$index]%%.*}")
  done
  echo "${missing[*]}"
}

# What an earlier time on this engine has left would keep the node that leads now from it.
forget_former_time() {
  run "$PYTHON" "$SCRIPTS/patroni/kubernetes.py" forget "${SCOPE:?}" ||
    fail 'what Patroni remembers of an earlier time cannot be cleared: the API server does not let this pod'
}

main
