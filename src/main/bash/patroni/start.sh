#!/usr/bin/env bash
# First process of the main container of a cluster with automatic failover: runs Patroni, which runs the server, and restarts it
# after it was killed: the server goes on meanwhile. It keeps a second server off the volume, and ends the server here before the
# lease of this node does (see lease.sh).
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
# shellcheck source=src/main/bash/facts/node_login.sh
source "$SCRIPTS/facts/node_login.sh"
# shellcheck source=src/main/bash/facts/peers.sh
source "$SCRIPTS/facts/peers.sh"
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/decisions/start.sh
source "$SCRIPTS/decisions/start.sh"
# shellcheck source=src/main/bash/actions/wal.sh
source "$SCRIPTS/actions/wal.sh"
# shellcheck source=src/main/bash/patroni/rest.sh
source "$SCRIPTS/patroni/rest.sh"
# shellcheck source=src/main/bash/patroni/python.sh
source "$SCRIPTS/patroni/python.sh"
# shellcheck source=src/main/bash/patroni/process.sh
source "$SCRIPTS/patroni/process.sh"
# shellcheck source=src/main/bash/patroni/encryption.sh
source "$SCRIPTS/patroni/encryption.sh"
# shellcheck source=src/main/bash/patroni/conf.sh
source "$SCRIPTS/patroni/conf.sh"
# shellcheck source=src/main/bash/patroni/leftovers.sh
source "$SCRIPTS/patroni/leftovers.sh"
# shellcheck source=src/main/bash/patroni/lease.sh
source "$SCRIPTS/patroni/lease.sh"
# shellcheck source=src/main/bash/patroni/hand_over.sh
source "$SCRIPTS/patroni/hand_over.sh"
# shellcheck source=src/main/bash/actions/conf.sh
source "$SCRIPTS/actions/conf.sh"
# shellcheck source=src/main/bash/actions/early.sh
source "$SCRIPTS/actions/early.sh"
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
ASK_SECONDS=5
FIRST_SIGNAL_CODE=129 # a process that a signal ended has 128 and the signal's number as its exit code

# A Patroni that is killed again and again this soon is left to the kubelet, which waits longer each time.
SHORT_LIFE_SECONDS=10
SHORT_LIVES=3

short_lives=0 # in a row
ending=no

main() {
  trap end_with_patroni TERM INT
  read_topology
  lock_volume
  have_conf
  prepare
  export_addresses
  write_patroni_conf || fail 'the configuration of Patroni cannot be written'
  update_conf || true # logged, and tried again
  must_start_patroni
  while true; do
    wait_with_patroni "$TICK_SECONDS"
    patroni_runs || restart_patroni
    keep_lease
    wake_patroni_after_a_crash
    read_topology
    # failures are logged, and tried again at the next look
    find_offers
    # not what Patroni cannot use
    if keep_secrets; then follow_secret || true; fi
    update_conf || true
    update_certificate || true
  done
}

# If the kubelet has restarted this container only, and not the pod, no init container has checked the data.
prepare() {
  if ! is_prepared; then
    run bash "$SCRIPTS/patroni/init.sh"
  fi
  forget_prepared
}

# The server reads a changed certificate when it is told to; sessions go on.
update_certificate() {
  keep_certificate || return 1
  log 'the certificate has changed: new connections get the one that the Secret has now'
  ! server_runs || reload_server
}

must_start_patroni() {
  start_patroni
  expect_answers
}

restart_patroni() {
  local status=0 life
  life=$(patroni_runs_for)
  forget_patroni || status=$?
  if [ "$ending" = yes ]; then exit "$status"; fi
  if ((life >= SHORT_LIFE_SECONDS)); then
    short_lives=0
  elif ((status < FIRST_SIGNAL_CODE || ++short_lives > SHORT_LIVES)); then
    end_without_patroni "$status"
  fi
  # what it was about to do with the data is not finished: without a server, nothing uses them
  end_helpers
  if ! server_runs; then remove_leftovers; fi
  log "Patroni has ended with exit code $status: restarted"
  must_start_patroni
}

# Nobody watches over the server any more.
end_without_patroni() { # STATUS
  log "Patroni has ended with exit code $1"
  if server_runs; then end_server; fi
  exit "$1"
}

# On the first SIGTERM, which Kubernetes sends when it ends the pod: a primary hands over, and Patroni stops the server.
end_with_patroni() {
  local status=0
  trap '' TERM INT
  ending=yes
  end_child
  if [ -z "$PATRONI" ]; then
    log 'ended by a signal'
    exit 143
  fi
  hand_over_before_the_end
  kill -TERM "$PATRONI" 2>/dev/null || true
  while patroni_runs; do
    wait_with_patroni 1
    keep_lease
  done
  forget_patroni || status=$?
  if server_runs; then end_server; fi
  exit "$status"
}

main
