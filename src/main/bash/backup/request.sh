#!/usr/bin/env bash
# CronJob: asks the sidecar of the primary for a base backup (full or incremental), or to verify the archive, and waits until it is
# done. It speaks only to the primary's server, as the nodes do, and a function there writes the request where the sidecar looks.
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

KIND=$1
declare -A NUMBERS=([full]=1 [incremental]=2 [verify]=3) # as the function takes it (see actions/node_role.sh)
LOOK_SECONDS=2
PATIENCE_SECONDS=120 # without a request and without an answer: the pod of the primary has been made anew
ANSWER_PATTERN='^(running|done|failed) (.*)$'

declare -A WRITER=() # the server that writes, which may be another than the declared one

main() {
  local name line quiet=$SECONDS
  end_on_signal
  answer_within 10
  name=$(</proc/sys/kernel/random/uuid)
  until try_ask "$name"; do pause "$LOOK_SECONDS"; done
  log "$KIND: asked ${WRITER[host]}"
  while true; do
    pause "$LOOK_SECONDS"
    line=$(look "$name") || line=''
    if [[ $line =~ $ANSWER_PATTERN ]]; then
      quiet=$SECONDS
      case ${BASH_REMATCH[1]} in
        done)
          log "${BASH_REMATCH[2]}"
          exit 0
          ;;
        failed) fail "${BASH_REMATCH[2]}" "what the archiver says: $(kubectl_here) logs ${WRITER[host]%%.*} -c archiver" ;;
        *) say_once running "$KIND: is being made" ;;
      esac
    elif [ "$line" = waiting ]; then
      quiet=$SECONDS
      say_once waiting "$KIND: waits for what the archiver is doing"
    elif ((SECONDS - quiet > PATIENCE_SECONDS)); then
      fail "${WRITER[host]} knows nothing of the request any more" 'it is made again at the next time that is scheduled'
    fi
  done
}

# One request at a time: another one that waits is not replaced.
try_ask() { # NAME
  local host
  read_topology
  if ! find_writer "${#HOSTS[@]}" into WRITER; then
    say_once writer "waiting for a server that writes: $(complaint)"
    return 1
  fi
  host=${WRITER[host]}
  if ! query "$host" "$ASK_SECONDS" <<<"SELECT streamset.request(${NUMBERS[$KIND]}, '$1')"; then
    say_once "$host" "waiting for $host: $(complaint)"
    return 1
  fi
  answers_with_line asked || {
    say_once "$host" "waiting for $host, which does not write, or has a request already"
    return 1
  }
}

# The answer; waiting while the request is there, nothing when there is neither.
look() { # NAME
  query "${WRITER[host]}" "$ASK_SECONDS" <<<"SELECT streamset.answer('$1')" || return 1
  answer | head -n 1
}

main
