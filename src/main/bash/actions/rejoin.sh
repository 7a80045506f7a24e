# shellcheck shell=bash
# How a node whose data have gone another way becomes a standby again, in place: rewound, or else cloned anew. Sourced by
# start.sh. While the data are marked as worthless they are half of something: init.sh throws them away and clones.

REJOIN_STOP_SECONDS=30 # pg_rewind wants data that were shut down, and replays them itself where they were not

# Ends this container when the volume does not take what must be on it: the kubelet starts it anew, and waits longer each time.
rejoin() { # HOST TIMELINE FORK: as a standby of this host, whose server left this node's timeline there
  mark_busy || fail 'the liveness probe cannot be held back: nothing is given up'
  stop_server "$REJOIN_STOP_SECONDS"
  count_given_up "$2" "$3"
  ! keeps_diverged || attempt keep_aside || fail "the old data cannot be kept aside, nothing is given up: $(complaint)"
  if rewind "$1"; then
    log "rewound to where $1 went on"
  else
    log "cannot be rewound, cloned anew: $(complaint)"
    must_mark_worthless
  fi
  prepare_and_start
}

rejoin_as_clone() {
  mark_busy || fail 'the liveness probe cannot be held back: nothing is given up'
  stop_server "$REJOIN_STOP_SECONDS"
  must_mark_worthless
  prepare_and_start
}

must_mark_worthless() { attempt mark_worthless || fail "the data here cannot be given up: $(complaint)"; }

# A child, which has traps of its own; when it cannot go on, neither can this container.
prepare_and_start() {
  run bash "$SCRIPTS/init.sh" || exit
  must_start_server
  forget_busy
}

# Every transaction that changed anything has one such record.
count_given_up() { # TIMELINE FORK
  if [ "$2" = never ] || ! command -v pg_waldump >/dev/null; then
    log 'transactions given up: unknown'
    return 0
  fi
  # it ends with an error where the WAL ends
  attempt run pg_waldump --path="$PGDATA/pg_wal" --timeline="$1" --start="$2" --rmgr=Transaction || true
  log "transactions given up: $(answer | search -c ' desc: COMMIT' || true)"
}

keep_aside() {
  local aside needed free
  aside=$PGDATA.diverged-$(date -u +%Y%m%dT%H%M%SZ)
  needed=$(du -skL "$PGDATA" | cut -f 1) && free=$(df -Pk "$PGDATA" | awk 'NR == 2 { print $4 }') || return 1
  if ((needed + needed / 10 > free)); then
    log "no room to keep the old data aside: they have $((needed >> 10)) MB, and $((free >> 10)) MB are free"
    return 0
  fi
  run cp -a "$PGDATA" "$aside.new" || return 1
  if [ -L "$aside.new/pg_wal" ]; then
    rm "$aside.new/pg_wal" && run cp -a "$(readlink "$PGDATA/pg_wal")" "$aside.new/pg_wal" || return 1
  fi
  run sync -f "$aside.new" && mv "$aside.new" "$aside" || return 1
  log "the old data are kept in $aside"
}

# False with a complaint when any step fails: then the data are worthless, or as they were.
rewind() { # HOST
  # the source tells its timeline by its last checkpoint, which after a promotion may be an old one
  query "$1" 60 <<<'CHECKPOINT' &&
    attempt mark_worthless &&
    PGPASSWORD=$(password postgres) PGOPTIONS=$SUPERUSER attempt run pg_rewind --target-pgdata="$PGDATA" \
      --source-server="host=$1 port=$(server_port) user=postgres dbname=postgres connect_timeout=5" &&
    attempt become_standby "$PGDATA" &&
    attempt set_upstream "$PGDATA" "$1" &&
    attempt forget_promotion &&
    attempt sync -f "$PGDATA" &&
    attempt forget_worthless
}
