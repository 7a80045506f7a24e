# shellcheck shell=bash disable=SC2034,SC2153 # the scripts share what is set here, and set it
# How a node whose data have gone another way becomes a standby again, in place: rewound, or else cloned anew. Sourced by
# start.sh. While $WORTHLESS exists the data are half of something: init.sh throws them away and clones.

REJOIN_STOP_SECONDS=30 # pg_rewind wants data that were shut down, and replays them itself where they were not

rejoin() { # as a standby of this host
  local host=$1 timeline=$TIMELINE
  touch "$BUSY"
  stop_server "$REJOIN_STOP_SECONDS" || true
  count_given_up "$timeline"
  ! keeps_diverged || keep_aside
  if rewind "$host"; then
    log "rewound to where $host went on"
  else
    log "cannot be rewound, cloned anew: $(complaint)"
    mark_worthless
  fi
  prepare_and_start
}

rejoin_as_clone() {
  touch "$BUSY"
  stop_server "$REJOIN_STOP_SECONDS" || true
  mark_worthless
  prepare_and_start
}

mark_worthless() {
  touch "$WORTHLESS"
  sync "$WORTHLESS"
}

# A child, which has traps of its own; when it cannot go on, neither can this container.
prepare_and_start() {
  run bash "$SCRIPTS/init.sh"
  MISSED=0
  start_server
  rm -f "$BUSY"
}

# Every transaction that changed anything has one such record.
count_given_up() {
  if [ -z "$FORK" ] || ! command -v pg_waldump >/dev/null; then
    log 'transactions given up: unknown'
    return 0
  fi
  run pg_waldump --path="$PGDATA/pg_wal" --timeline="$1" --start="$FORK" --rmgr=Transaction >"$ANSWER" 2>"$COMPLAINT" || true
  log "transactions given up: $(grep -c ' desc: COMMIT' "$ANSWER" || true)"
}

keep_aside() {
  local aside needed free
  aside=$PGDATA.diverged-$(date -u +%Y%m%dT%H%M%SZ)
  needed=$(du -s -L -B1 "$PGDATA" | cut -f 1)
  free=$(df -B1 --output=avail "$PGDATA" | tail -n 1)
  if ((needed + needed / 10 > free)); then
    log "no room to keep the old data aside: they have $((needed >> 20)) MB, and $((free >> 20)) MB are free"
    return 0
  fi
  run cp -a "$PGDATA" "$aside.new"
  if [ -L "$aside.new/pg_wal" ]; then
    rm "$aside.new/pg_wal"
    run cp -a "$(readlink "$PGDATA/pg_wal")" "$aside.new/pg_wal"
  fi
  mv "$aside.new" "$aside"
  log "the old data are kept in $aside"
}

rewind() {
  # the source tells its timeline by its last checkpoint, which after a promotion may be an old one
  run superuser "$1" 60 <<<'CHECKPOINT' 2>"$COMPLAINT" || return 1
  mark_worthless
  PGPASSWORD=$(password postgres) run pg_rewind --target-pgdata="$PGDATA" \
    --source-server="host=$1 port=$PORT user=postgres dbname=postgres connect_timeout=5" >"$ANSWER" 2>"$COMPLAINT" || return 1
  touch "$PGDATA/standby.signal"
  set_upstream "$PGDATA" "$1"
  rm -f "$PGDATA/$ASKED"
  sync -f "$PGDATA"
  rm "$WORTHLESS"
}
