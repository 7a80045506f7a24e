# shellcheck shell=bash
# How a node with diverged data becomes a standby again, in place: its data are rewound, or cloned again if that fails. Sourced
# by start.sh. Data that are marked as worthless are incomplete: init.sh deletes them and clones.

REJOIN_STOP_SECONDS=30 # pg_rewind needs data that were shut down cleanly; otherwise it recovers them first

# Ends this container if the marks cannot be written to the volume: the kubelet restarts it, and waits longer each time.
rejoin() { # HOST TIMELINE FORK: as a standby of this host, whose server left this node's timeline at FORK
  mark_busy || fail 'the liveness probe cannot be suspended: nothing is discarded'
  stop_server "$REJOIN_STOP_SECONDS"
  await_archive
  count_discarded "$2" "$3"
  ! keeps_diverged || attempt copy_diverged || fail "the old data cannot be kept, nothing is discarded: $(complaint)"
  if rewind "$1"; then
    log "rewound to where $1 went on"
  else
    log "cannot be rewound, cloned again: $(complaint)"
    must_mark_worthless
  fi
  prepare_and_start
}

rejoin_as_clone() {
  mark_busy || fail 'the liveness probe cannot be suspended: nothing is discarded'
  stop_server "$REJOIN_STOP_SECONDS"
  await_archive
  must_mark_worthless
  prepare_and_start
}

must_mark_worthless() { attempt mark_worthless || fail "the data here cannot be discarded: $(complaint)"; }

# init.sh runs as a child, with its own traps; if it fails, this container ends too.
prepare_and_start() {
  end_trial
  run bash "$SCRIPTS/init.sh" || exit
  forget_whether_it_fetches
  must_start_server
  forget_busy
}

count_discarded() { # TIMELINE FORK
  if [ "$2" = never ] || ! command -v pg_waldump >/dev/null; then
    log 'transactions discarded: unknown'
    return 0
  fi
  attempt run count_commits "$1" "$2" || true # pg_waldump reports an error at the end of the WAL
  log "transactions discarded: $(answer)"
}

# Every transaction that changed anything has one commit record. There may be millions, more than temporary files may take.
count_commits() { # TIMELINE FORK
  pg_waldump --path="$PGDATA/pg_wal" --timeline="$1" --start="$2" --rmgr=Transaction | search -c ' desc: COMMIT'
}

copy_diverged() {
  local aside needed free
  aside=$PGDATA.diverged-$(date -u +%Y%m%dT%H%M%SZ)
  needed=$(du -skL "$PGDATA" | cut -f 1) && free=$(df -Pk "$PGDATA" | awk 'NR == 2 { print $4 }') || return 1
  if ((needed + needed / 10 > free)); then
    log "no room to keep the old data: they take $((needed >> 10)) MB, and $((free >> 10)) MB are free"
    return 0
  fi
  run cp -a "$PGDATA" "$aside.new" || return 1
  if [ -L "$aside.new/pg_wal" ]; then
    rm "$aside.new/pg_wal" && run cp -a "$(readlink "$PGDATA/pg_wal")" "$aside.new/pg_wal" || return 1
  fi
  run sync -f "$aside.new" && mv "$aside.new" "$aside" || return 1
  log "the old data are kept in $aside"
}

# Returns false with a complaint if any step fails: then the data are marked as worthless, or unchanged.
rewind() { # HOST
  # pg_rewind takes the source's timeline from its last checkpoint, which may be from before the promotion
  checkpoint_on "$1" &&
    attempt mark_worthless &&
    attempt run pg_rewind_from "$1" &&
    attempt remove_newer_wal &&
    attempt become_standby "$PGDATA" &&
    attempt set_upstream "$PGDATA" "$1" &&
    attempt forget_promotion &&
    attempt sync -f "$PGDATA" &&
    attempt forget_worthless
}

# From 17 on pg_rewind keeps what it has read of the branch that this node leaves. Were its timeline newer than the other server's,
# that one would find at its next start that this node had gone on without it.
remove_newer_wal() {
  local timeline file name
  timeline=$(control_data "Min recovery ending loc's timeline") || return 1
  for file in "$PGDATA"/pg_wal/*; do
    name=${file##*/}
    if [[ $name =~ ^[0-9A-F]{8}([0-9A-F]{16}|\.) ]] && ((16#${name:0:8} > timeline)); then
      rm -f "$file" "$PGDATA/pg_wal/archive_status/$name".* || return 1
    fi
  done
}

# As the role that was let in for the checkpoint.
pg_rewind_from() { # HOST
  local role=$NODE_ROLE options=$NODE
  if [ -n "${WITHOUT_NODE_ROLE["$1"]:-}" ]; then
    role=postgres
    options=$SUPERUSER
  fi
  PGPASSWORD=$(password "$role") PGOPTIONS=$options exec pg_rewind --target-pgdata="$PGDATA" \
    --source-server="host=$1 port=$(server_port) user=$role dbname=postgres connect_timeout=5 $(encryption "$1")"
}
