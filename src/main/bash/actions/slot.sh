# shellcheck shell=bash
# The slot with which the upstream keeps the WAL that this node does not have yet. Sourced after sql.sh and upstream.sh.

SLOT_SECONDS=5 # for an answer; the time that a connection may take

# SQLSTATEs, because error messages can be in any language.
UNDEFINED_OBJECT=42704
DUPLICATE_OBJECT=42710

own_slot() { slot_name "$HOSTNAME"; }

# For a node that has data. A failure does not stop its start: the upstream keeps the slot whether this node runs or not.
keep_slot() { # HOST
  local slot
  slot=$(own_slot)
  if ! accepts "$1"; then
    log "slot $slot stays as it is: $1 does not accept connections"
  elif create_slot "$1"; then
    log "slot $slot created on $1"
  elif ! complains_about ":  $DUPLICATE_OBJECT: "; then
    log "slot $slot stays as it is: $(complaint)"
  elif slot_is_lost "$1"; then
    log "slot $slot has lost WAL that this node may need: it was away for more than max_slot_wal_keep_size"
    if renew_slot "$1"; then
      log "slot $slot recreated on $1"
    else
      log "slot $slot stays as it is: $(complaint)"
    fi
  fi
}

# For a clone: it cannot use the WAL that an older slot of this name has kept.
renew_slot() { drop_slot "$1" && create_slot "$1"; }

create_slot() { replication_command "$1" "CREATE_REPLICATION_SLOT \"$(own_slot)\" PHYSICAL RESERVE_WAL"; }

# A standby cannot stream without it. After a failure the Job for slots creates it, or this node does, when it has not streamed for
# some looks.
create_slot_if_missing() { # HOST
  create_slot "$1" || complains_about ":  $DUPLICATE_OBJECT: " || log "slot $(own_slot) not created on $1: $(complaint)"
}

drop_slot() {
  replication_command "$1" "DROP_REPLICATION_SLOT \"$(own_slot)\"" || complains_about ":  $UNDEFINED_OBJECT: "
}

# The slot reserves nothing, although it was created to: this is true only of an invalidated slot. (14 has no such command, and
# there an invalidated slot works again as soon as the standby streams.)
slot_is_lost() {
  [ "$(<"$PGDATA/PG_VERSION")" -ge 15 ] &&
    replication_command "$1" "READ_REPLICATION_SLOT \"$(own_slot)\"" && answers_with_line 'physical||'
}

replication_command() { attempt run replication "$@"; }

# As a replication connection, by the same line of pg_hba.conf as the standbys.
replication() {
  PGPASSWORD=$(password replicator) exec timeout "$SLOT_SECONDS" \
    psql -X -q -A -t -v VERBOSITY=verbose -d "$(conninfo "$1") replication=true" -c "$2"
}

# Slots that others had on this node when it was primary: they would keep WAL that nobody needs. Returns false while one is in
# use by a standby that has not found the new primary yet.
drop_slots_of_others() {
  query "$(own_server)" "$SLOT_SECONDS" <<SQL && ! answers_with_line 't.*'
SELECT active, CASE WHEN NOT active THEN pg_drop_replication_slot(slot_name) END
  FROM pg_replication_slots
 WHERE slot_type = 'physical' AND slot_name ~ '^$(own_slots)_(0|[1-9][0-9]*)\$';
SQL
}
