#!/usr/bin/env bash
# First process of the main container: runs the server through the official image's entrypoint with this pod's copy of the conf
# files, restarts it after it was killed, and keeps it in the role that the stack declares.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
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
# shellcheck source=src/main/bash/facts/node_login.sh
source "$SCRIPTS/facts/node_login.sh"
# shellcheck source=src/main/bash/facts/peers.sh
source "$SCRIPTS/facts/peers.sh"
# shellcheck source=src/main/bash/facts/wal.sh
source "$SCRIPTS/facts/wal.sh"
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/decisions/start.sh
source "$SCRIPTS/decisions/start.sh"
# shellcheck source=src/main/bash/decisions/hand_over.sh
source "$SCRIPTS/decisions/hand_over.sh"
# shellcheck source=src/main/bash/decisions/follow.sh
source "$SCRIPTS/decisions/follow.sh"
# shellcheck source=src/main/bash/actions/announce.sh
source "$SCRIPTS/actions/announce.sh"
# shellcheck source=src/main/bash/actions/upstream.sh
source "$SCRIPTS/actions/upstream.sh"
# shellcheck source=src/main/bash/actions/slot.sh
source "$SCRIPTS/actions/slot.sh"
# shellcheck source=src/main/bash/backup/spool.sh
source "$SCRIPTS/backup/spool.sh"
# shellcheck source=src/main/bash/actions/fetch.sh
source "$SCRIPTS/actions/fetch.sh"
# shellcheck source=src/main/bash/actions/promote.sh
source "$SCRIPTS/actions/promote.sh"
# shellcheck source=src/main/bash/actions/wal.sh
source "$SCRIPTS/actions/wal.sh"
# shellcheck source=src/main/bash/actions/server.sh
source "$SCRIPTS/actions/server.sh"
# shellcheck source=src/main/bash/actions/conf.sh
source "$SCRIPTS/actions/conf.sh"
# shellcheck source=src/main/bash/actions/early.sh
source "$SCRIPTS/actions/early.sh"
# shellcheck source=src/main/bash/actions/late.sh
source "$SCRIPTS/actions/late.sh"
# shellcheck source=src/main/bash/actions/checkpoint.sh
source "$SCRIPTS/actions/checkpoint.sh"
# shellcheck source=src/main/bash/actions/fill.sh
source "$SCRIPTS/actions/fill.sh"
# shellcheck source=src/main/bash/actions/service.sh
source "$SCRIPTS/actions/service.sh"
# shellcheck source=src/main/bash/actions/turn.sh
source "$SCRIPTS/actions/turn.sh"
# shellcheck source=src/main/bash/actions/rejoin.sh
source "$SCRIPTS/actions/rejoin.sh"
# shellcheck source=src/main/bash/actions/role.sh
source "$SCRIPTS/actions/role.sh"
# shellcheck source=src/main/bash/actions/create.sh
source "$SCRIPTS/actions/create.sh"
# shellcheck source=src/main/bash/actions/set_password.sh
source "$SCRIPTS/actions/set_password.sh"
# shellcheck source=src/main/bash/actions/job_functions.sh
source "$SCRIPTS/actions/job_functions.sh"
# shellcheck source=src/main/bash/actions/node_role.sh
source "$SCRIPTS/actions/node_role.sh"
# shellcheck source=src/main/bash/actions/metrics.sh
source "$SCRIPTS/actions/metrics.sh"
# shellcheck source=src/main/bash/actions/passwords.sh
source "$SCRIPTS/actions/passwords.sh"
# shellcheck source=src/main/bash/tls/trial.sh
source "$SCRIPTS/tls/trial.sh"
# shellcheck source=src/main/bash/tls/certificate.sh
source "$SCRIPTS/tls/certificate.sh"

TICK_SECONDS=1
FAST_TICK_SECONDS=0.2   # while perhaps nobody writes, or everybody waits for a handover
FAST_FOR_SECONDS=60     # after that, haste no longer helps
FIRST_SIGNAL_CODE=129   # a process that a signal ended has 128 and the signal's number as its exit code

# A server that cannot start, or is repeatedly killed this soon, is left to the kubelet, which waits longer each time.
SHORT_LIFE_SECONDS=10
SHORT_LIVES=3

short_lives=0 # in a row

main() {
  trap end_of_the_pod TERM INT
  read_topology
  forget_busy
  lock_volume
  have_conf
  forget_ready || true
  prepare
  update_conf || true # logged, and tried again
  settle_delay || true
  must_start_server
  while true; do
    wait_with_the_server "$(tick)"
    server_runs || restart_server
    read_topology
    # failures are logged, and tried again at the next look
    keep_password || true
    follow_secret || true
    settle_delay || true
    update_conf || true
    update_certificate || true
    play_role || true
  done
}

# If the kubelet has restarted this container only, and not the pod, no init container has checked the data.
prepare() {
  if ! is_prepared; then
    run bash "$SCRIPTS/init.sh"
  fi
  forget_prepared
}

# The server reads a changed certificate, and how it streams, when it is told to; sessions go on.
update_certificate() {
  if keep_certificate; then
    log 'the certificate has changed: new connections get the one that the Secret has now'
    request_reload
  fi
  if encrypt_upstream; then request_reload; fi
}

tick() {
  if is_ready_to_hand_over; then
    echo "$FAST_TICK_SECONDS"
  elif [ "$(role_of_the_data)" = former ] && (($(server_runs_for) < FAST_FOR_SECONDS)); then
    echo "$FAST_TICK_SECONDS"
  else
    echo "$TICK_SECONDS"
  fi
}

# On the first SIGTERM, which Kubernetes sends when it ends the pod.
end_of_the_pod() {
  trap '' TERM INT
  end_child
  hand_over_before_the_end || true
  end_with_the_server
}

restart_server() {
  local status=0 life
  life=$(server_runs_for)
  forget_server || status=$?
  if ((life >= SHORT_LIFE_SECONDS)); then
    short_lives=0
  elif ((status < FIRST_SIGNAL_CODE || ++short_lives > SHORT_LIVES)); then
    log "the server has ended with exit code $status"
    exit "$status"
  fi
  log "the server has ended with exit code $status: restarted"
  must_start_server
}

main
