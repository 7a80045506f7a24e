#!/usr/bin/env bash
# Init container: makes the data directory ready for the server of this pod. Ends when it is; waits for the primary when
# it must; stops with a message where any way on could cost data.
set -euo pipefail
# shellcheck source=src/main/bash/node.sh
source "$(dirname "$0")/node.sh"

NODE=${HOSTNAME:?}
ORDINAL=${NODE##*-}
# shellcheck source=src/main/bash/wal.sh
source "$(dirname "$0")/wal.sh"
# shellcheck source=src/main/bash/standby.sh
source "$(dirname "$0")/standby.sh"

QUIET_CHECKS=3 # a second apart: a peer that is just being restarted is heard

main() {
  end_on_signal
  remove_leftovers
  if has_data; then
    check_segment_size
    keep_role
    settle_wal
  elif ! is_empty_folder "$PGDATA"; then
    fail "$PGDATA has files but no database in it (no PG_VERSION or no global/pg_control): neither used nor deleted" \
      "look at it with: kubectl debug, or give this pod a new volume"
  elif [ -n "$WALDIR" ] && ! is_empty_folder "$WALDIR"; then
    fail "the data volume is empty, but the volume for WAL has the WAL of a database ($WALDIR): neither used nor deleted" \
      "restore the data volume; if that database is not wanted back: $(discard "wal-$NODE")"
  elif [ "$ORDINAL" = "$PRIMARY" ]; then
    initialize
  else
    clone
    check_segment_size
  fi
}

# What an init container that was ended left behind: never the data directory itself, which appears by a rename only.
remove_leftovers() {
  rm -rf "$PGDATA.clone" "$PGDATA.initdb"
  mkdir -p "$(dirname "$PGDATA")"
}

has_data() { [ -s "$PGDATA/PG_VERSION" ] && [ -s "$PGDATA/global/pg_control" ]; }

is_empty_folder() { [ ! -e "$1" ] || { [ -d "$1" ] && [ -z "$(ls -A "$1")" ]; }; } # or none at all

# A node that has data stays what it was. Never a second writable primary.
keep_role() {
  if [ -e "$PGDATA/standby.signal" ] && [ "$ORDINAL" = "$PRIMARY" ]; then
    log 'standby of the upstream it had, although declared primary: data found' # only that upstream can hand over
  elif [ -e "$PGDATA/standby.signal" ]; then
    set_upstream "$PGDATA"
    keep_slot
    log "standby of ${HOSTS[$PRIMARY]}: data found"
  elif [ "$ORDINAL" = "$PRIMARY" ]; then
    log 'primary: data found'
  else
    fail "the data here were a primary's, but the declared primary is ${HOSTS[$PRIMARY]}: two primaries would both be written to" \
      "if nothing of them is missing there, have this node cloned: $(clone_anew)"
  fi
}

# Never beside a living cluster: its members would stand without their data.
initialize() {
  local check host
  for ((check = 1; check <= QUIET_CHECKS; check++)); do
    [ "$check" = 1 ] || [ "${#HOSTS[@]}" = 1 ] || pause
    for host in "${HOSTS[@]}"; do
      if [ "$host" != "${HOSTS[$ORDINAL]}" ] && answers "$host"; then
        fail "this volume is empty, but $host has a server: no new database is made beside a living cluster" \
          "declare the node that has the data as primary, or restore this node's volume"
      fi
    done
  done
  log 'primary: no data here, no server elsewhere; making a new database'
  discard_new_wal
  run initdb --pgdata="$PGDATA.initdb" --username=postgres --encoding=UTF8 --data-checksums \
    --wal-segsize="$WAL_SEGMENT_MEGABYTES" ${WALDIR:+--waldir="$WALDIR.new"} \
    --auth-local=trust --auth-host=scram-sha-256 --pwfile="$PASSWORDS/postgres"
  appear "$PGDATA.initdb"
  log 'primary: new database ready'
}

clone() {
  discard_new_wal
  until try_clone; do
    rm -rf "$PGDATA.clone"
    discard_new_wal
    pause
  done
  touch "$PGDATA.clone/standby.signal"
  set_upstream "$PGDATA.clone"
  appear "$PGDATA.clone"
  log "standby of ${HOSTS[$PRIMARY]}: clone ready"
}

try_clone() {
  local primary=${HOSTS[$PRIMARY]}
  if ! accepts "$primary"; then
    say_once "$primary" "waiting for $primary to accept connections"
    return 1
  fi
  if ! renew_slot || ! run base_backup 2>"$COMPLAINT"; then
    say_once "$primary" "waiting to clone from $primary: $(complaint)"
    return 1
  fi
}

base_backup() {
  PGPASSWORD=$(password replicator) exec pg_basebackup --pgdata="$PGDATA.clone" --dbname="$(upstream "$ORDINAL")" \
    --wal-method=stream --slot="$SLOT" ${WALDIR:+--waldir="$WALDIR.new"} --checkpoint=fast --no-password
}

# The data directory comes to be in one step, whole and on the disk.
appear() {
  promise_wal "$1"
  sync "$1" # standby.signal too: without it a clone would be a second primary
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv "$1" "$PGDATA"
  sync "$(dirname "$PGDATA")"
  bring_wal
}

main
