# shellcheck shell=bash
# Where the WAL of this node is: in the data directory, or on its own volume, which pg_wal then links to. Sourced by init.sh,
# after data.sh. One rule keeps data and WAL together: complete WAL on its volume gets its final name ($WALDIR) only after the
# data that link to it have appeared. So $WALDIR.new belongs either to no data, or to data whose link leads nowhere yet; then it
# is complete.

WALDIR=${WALDIR:-} # a folder on the volume for WAL; empty when the stack declares no such volume
WAL_SEGMENT_MEGABYTES=${WAL_SEGMENT_MEGABYTES:?}

# --- the WAL of data that do not exist yet ---
discard_new_wal() { [ -z "$WALDIR" ] || rm -rf "$WALDIR.new"; }

# Before the data directory appears: its link leads to the future place of its WAL, which is complete and on the disk.
link_wal() {
  [ -n "$WALDIR" ] || return 0
  ln -sfn "$WALDIR" "$1/pg_wal" && sync "$(dirname "$WALDIR")"
}

# After it has appeared.
rename_new_wal() {
  [ -n "$WALDIR" ] || return 0
  mv -T "$WALDIR.new" "$WALDIR" && sync "$(dirname "$WALDIR")"
}

# --- the WAL of existing data ---
# PostgreSQL does not start with another segment size than at initdb, and the stack's WAL sizes are multiples of it.
check_segment_size() {
  local bytes megabytes
  bytes=$(control_data 'Bytes per WAL segment') || return 1
  megabytes=$((bytes >> 20))
  if [ "$megabytes" != "$WAL_SEGMENT_MEGABYTES" ]; then
    fail "the data here have WAL segments of $megabytes MB, but the stack declares $WAL_SEGMENT_MEGABYTES MB: data keep the size that they were created with" \
      "pulumi config set --path streamset:wal.segmentSize ${megabytes}MB"
  fi
}

# Brings the WAL to where the stack declares it; otherwise the server does not start.
settle_wal() {
  local wal=$PGDATA/pg_wal
  undo_half_a_move || return 1
  if [ -n "$WALDIR" ] && [ "$(readlink "$wal")" = "$WALDIR" ]; then
    has_wal "$WALDIR" || ! has_wal "$WALDIR.new" || rename_new_wal || return 1
  elif [ -n "$WALDIR" ] && [ ! -L "$wal" ] && has_wal "$wal"; then
    move_wal || return 1
  fi
  has_wal "$wal" || fail_without_wal
  rm -rf "$wal.moved"
}

fail_without_wal() {
  local wal=$PGDATA/pg_wal
  if [ -L "$wal" ] && [ -z "$WALDIR" ]; then
    fail "the WAL of the data here is on a volume that the stack does not declare (pg_wal leads to $(readlink "$wal")): no server starts without it" \
      'pulumi config set --path streamset:wal.volume.size <size>'
  fi
  fail "the WAL of the data here is gone (none in $(readlink "$wal" || echo "$wal")): no server starts without it" \
    "bring back the volume that had it; if it is lost, restore a backup, or clone a standby again: $(clone_again)"
}

clone_again() { discard "data-$HOSTNAME" ${WALDIR:+"wal-$HOSTNAME"}; }

discard() { echo "$(kubectl_here) delete pvc $* --wait=false && $(kubectl_here) delete pod $HOSTNAME"; } # these claims of this pod

# From the data volume to its own volume, if that was declared later. A move that was interrupted before the link was created
# is undone; one that was interrupted after that is completed.
move_wal() {
  local wal=$PGDATA/pg_wal
  is_empty_folder "$WALDIR" ||
    fail "the data here have their WAL in $wal, but the volume for WAL has other WAL ($WALDIR): nothing was moved or deleted" \
      "give this pod an empty volume for WAL: $(discard "wal-$HOSTNAME")"
  if [[ $(control_data 'Database cluster state') != 'shut down'* ]]; then
    log 'the server here was killed, not shut down, and could still be running: its WAL is not moved to the volume for WAL'
    advise "when it runs again, shut it down once: $(kubectl_here) delete pod $HOSTNAME"
    return 0
  fi
  log "moving the WAL to $WALDIR"
  discard_new_wal || return 1
  run cp -a "$wal" "$WALDIR.new" ||
    fail 'the WAL here does not fit into the volume for WAL: nothing was moved' \
      'pulumi config set --path streamset:wal.volume.size <larger>'
  run sync -f "$WALDIR.new" &&
    mv -T "$wal" "$wal.moved" &&
    link_wal "$PGDATA" &&
    sync "$PGDATA" &&
    rename_new_wal
}

undo_half_a_move() {
  local wal=$PGDATA/pg_wal
  if [ ! -e "$wal" ] && [ ! -L "$wal" ] && [ -d "$wal.moved" ]; then
    mv -T "$wal.moved" "$wal"
  fi
}
