#!/usr/bin/env bash
# Init container: makes the data directory ready for the server of this pod. Ends when it is; waits for the primary when
# it must; stops with a message where any way on could cost data.
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

QUIET_CHECKS=3 # a second apart: a peer that is just being restarted is heard
ASK_SECONDS=2  # peers that are there answer at once, and the server here waits meanwhile

main() {
  end_on_signal
  read_topology
  lock_volume
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
  touch "$PREPARED"
}

# What was ended in the middle: never the data directory itself, which appears by a rename only, unless it is marked.
remove_leftovers() {
  rm -rf "$PGDATA.clone" "$PGDATA.initdb" "$PGDATA".diverged-*.new
  mkdir -p "$(dirname "$PGDATA")"
  if [ -e "$WORTHLESS" ]; then
    log 'the data here are half of what they were to become: thrown away'
    rm -rf "$PGDATA" ${WALDIR:+"$WALDIR"}
    sync "$(dirname "$PGDATA")"
    rm "$WORTHLESS"
  fi
}

has_data() { [ -s "$PGDATA/PG_VERSION" ] && [ -s "$PGDATA/global/pg_control" ]; }

is_empty_folder() { [ ! -e "$1" ] || { [ -d "$1" ] && [ -z "$(ls -A "$1")" ]; }; } # or none at all

# A node that has data stays what it was. Never a second writable primary: who was one where another is declared, or where
# the others have gone on without it, comes back read-only, and sorts it out when its server runs (see role.sh).
keep_role() {
  local host
  if is_standby && [ -z "$(upstream)" ]; then
    log 'former primary, read-only: data found'
  elif is_standby; then
    host=$(upstream)
    if [ "$ORDINAL" = "$PRIMARY" ]; then
      log "standby of $host, although declared primary: data found" # only its upstream can hand over
    else
      if ask "${HOSTS[$PRIMARY]}" && [ "$ROLE" = primary ]; then host=${HOSTS[$PRIMARY]}; fi
      refuse_foreign "${HOSTS[$PRIMARY]}"
      keep_slot "$host"
      log "standby of $host: data found"
    fi
    set_upstream "$PGDATA" "$host"
  elif [ "$ORDINAL" != "$PRIMARY" ]; then
    become_read_only
    log "was the primary, but ${HOSTS[$PRIMARY]} is declared: read-only, to hand over to it"
  elif find_further_peer; then
    become_read_only
    log "was the primary, but ${HOSTS[$PRIMARY_SINCE]} has gone on without it (timeline $TIMELINE): read-only"
  else
    log 'primary: data found'
  fi
}

refuse_foreign() { # when the host that was just asked has another database
  local own
  own=$(control_data 'Database system identifier')
  [ -z "$SYSTEM" ] || [ "$SYSTEM" = "$own" ] || fail "$(foreign "$own" "$1" "$SYSTEM")" "$(foreign_remedy)"
}

# PRIMARY_SINCE becomes the ordinal of a peer on a newer timeline than the data here; false when none answers that is.
find_further_peer() {
  local timeline
  timeline=$(newest_timeline)
  for PRIMARY_SINCE in "${!HOSTS[@]}"; do
    if [ "$PRIMARY_SINCE" != "$ORDINAL" ] && ask "${HOSTS[$PRIMARY_SINCE]}"; then
      refuse_foreign "${HOSTS[$PRIMARY_SINCE]}"
      ((TIMELINE <= timeline)) || return 0
    fi
  done
  return 1
}

# That anything here is of; after a promotion the last checkpoint can be of an older one.
newest_timeline() {
  local newest
  newest=$(find "$PGDATA/pg_wal/" -maxdepth 1 -regextype posix-extended -regex '.*/[0-9A-F]{24}' -printf '%f\n' 2>/dev/null | sort | tail -n 1)
  if [ -n "$newest" ]; then
    echo $((16#${newest:0:8}))
  else
    control_data "Latest checkpoint's TimeLineID"
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
          "restore this node's volume, or declare it lost and a node that has the data primary: pulumi config set streamset:primary <ordinal> && pulumi config set --path 'streamset:lost[0]' $ORDINAL && pulumi up"
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
  rm -f "$PGDATA.clone/$ASKED"
  touch "$PGDATA.clone/standby.signal"
  set_upstream "$PGDATA.clone" "$WRITER"
  appear "$PGDATA.clone"
  log "standby of $WRITER: clone ready"
}

try_clone() {
  local declared=${HOSTS[$PRIMARY]}
  if ! find_writer; then
    say_once "$declared" "waiting for $declared to $(accepts "$declared" && echo write || echo accept connections)"
    return 1
  fi
  if ! renew_slot "$WRITER" || ! run base_backup 2>"$COMPLAINT"; then
    say_once "$declared" "waiting to clone from $WRITER: $(complaint)"
    return 1
  fi
}

base_backup() {
  PGPASSWORD=$(password replicator) exec pg_basebackup --pgdata="$PGDATA.clone" --dbname="$(conninfo "$WRITER")" \
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
