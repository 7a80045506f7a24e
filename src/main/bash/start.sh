#!/usr/bin/env bash
# Main container, as its first process: runs the server through the official image's entrypoint with the conf file from the
# ConfigMap, starts it again when it was killed, and has it play the role that the stack declares.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=src/main/bash/shared/node.sh
source "$SCRIPTS/shared/node.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"

NODE=${HOSTNAME:?}
ORDINAL=${NODE##*-}
# shellcheck source=src/main/bash/facts/peers.sh
source "$SCRIPTS/facts/peers.sh"
# shellcheck source=src/main/bash/actions/wal.sh
source "$SCRIPTS/actions/wal.sh"
# shellcheck source=src/main/bash/actions/standby.sh
source "$SCRIPTS/actions/standby.sh"
# shellcheck source=src/main/bash/actions/server.sh
source "$SCRIPTS/actions/server.sh"
# shellcheck source=src/main/bash/actions/announce.sh
source "$SCRIPTS/actions/announce.sh"
# shellcheck source=src/main/bash/actions/role.sh
source "$SCRIPTS/actions/role.sh"
# shellcheck source=src/main/bash/actions/rejoin.sh
source "$SCRIPTS/actions/rejoin.sh"

TICK_SECONDS=1
FAST_TICK_SECONDS=0.2   # while nobody may be writing
FAST_FOR_SECONDS=60     # after that it is somebody else's turn
FIRST_SIGNAL_CODE=129   # a process that a signal ended has 128 and the signal's number as its exit code

# A server that cannot start, or is killed so soon again and again, is left to the kubelet, which waits longer each time.
SHORT_LIFE_SECONDS=10
SHORT_LIVES=3

short_lives=0 # in a row

main() {
  trap end_with_the_server TERM INT
  read_topology
  rm -f "$BUSY"
  lock_volume
  prepare
  start_server
  while true; do
    wait_with_the_server "$(tick)"
    server_runs || restart_server
    read_topology
    keep_password || true # said, and tried again
    play_role
  done
}

# When the kubelet has started this container anew, and not the pod, no init container has looked at the data.
prepare() {
  if [ -e "$PREPARED" ]; then
    rm "$PREPARED"
  else
    run bash "$SCRIPTS/init.sh"
    rm -f "$PREPARED"
  fi
}

tick() {
  if is_standby && [ -z "$(upstream)" ] && ((SECONDS - STARTED < FAST_FOR_SECONDS)); then
    echo "$FAST_TICK_SECONDS"
  else
    echo "$TICK_SECONDS"
  fi
}

restart_server() {
  local status=0 life=$((SECONDS - STARTED))
  forget_server || status=$?
  if ((life >= SHORT_LIFE_SECONDS)); then
    short_lives=0
  elif ((status < FIRST_SIGNAL_CODE || ++short_lives > SHORT_LIVES)); then
    log "the server has ended with exit code $status"
    exit "$status"
  fi
  log "the server has ended with exit code $status: started again"
  start_server
}

main
