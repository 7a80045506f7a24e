# shellcheck shell=bash
# How a standby follows its primary: connection, password, and the slot by which the primary keeps the WAL that this node
# has not got yet. Sourced by init.sh.

SLOT=$(slot_name "$NODE")
SLOT_SECONDS=5 # for an answer about it; as long as a connection may take

# SQLSTATEs, because texts can be in any language.
UNDEFINED_OBJECT=42704
DUPLICATE_OBJECT=42710

# postgresql.auto.conf is where PostgreSQL itself keeps it, readable for its user only. Written anew at every start, so
# that a changed password or primary holds.
set_upstream() {
  local conf=$1/postgresql.auto.conf conninfo
  conninfo="$(upstream "$ORDINAL") passfile=$PGDATA/$PASSFILE"
  umask 077
  passfile_line >"$1/$PASSFILE"
  {
    grep -v -E '^(primary_conninfo|primary_slot_name)\>' "$conf" || true
    printf 'primary_conninfo = %s\n' "$(sql_quoted "$conninfo")"
    printf 'primary_slot_name = %s\n' "$(sql_quoted "$SLOT")"
  } >"$conf.new"
  sync "$conf.new"
  mv "$conf.new" "$conf"
}

# For a node that has data. Never in the way of its start: the primary keeps the slot whether this node runs or not.
keep_slot() {
  local primary=${HOSTS[$PRIMARY]}
  if ! accepts "$primary"; then
    log "slot $SLOT stays as it is: $primary does not accept connections"
  elif create_slot; then
    log "slot $SLOT made on $primary"
    advise_when_wal_is_gone
  elif ! complained "$DUPLICATE_OBJECT"; then
    log "slot $SLOT stays as it is: $(complaint)"
  elif slot_is_lost; then
    log "slot $SLOT has lost WAL that this node may need: it was away for more than max_slot_wal_keep_size"
    if renew_slot; then
      log "slot $SLOT made anew on $primary"
    else
      log "slot $SLOT stays as it is: $(complaint)"
    fi
    advise_when_wal_is_gone
  fi
}

advise_when_wal_is_gone() { # which only the primary can tell, when this node asks it for its WAL
  advise "if the server says that a requested WAL segment has already been removed, have this node cloned: $(clone_anew)"
}

# For a clone: what an older slot of this name has kept is of no use to it.
renew_slot() { drop_slot && create_slot; }

create_slot() { on_primary "CREATE_REPLICATION_SLOT \"$SLOT\" PHYSICAL RESERVE_WAL"; }

drop_slot() { on_primary "DROP_REPLICATION_SLOT \"$SLOT\"" || complained "$UNDEFINED_OBJECT"; }

# Reserves nothing, though it was made to: only an invalidated slot does. (14 has no such command, and there an invalidated
# slot holds again as soon as it streams.)
slot_is_lost() {
  [ "$(<"$PGDATA/PG_VERSION")" -ge 15 ] &&
    on_primary "READ_REPLICATION_SLOT \"$SLOT\"" && grep -qx 'physical||' "$ANSWER"
}

on_primary() { run replication_command "$1" >"$ANSWER" 2>"$COMPLAINT"; }

complained() { grep -q ":  $1: " "$COMPLAINT"; } # with this SQLSTATE

# Through the line of pg_hba.conf that lets standbys in.
replication_command() {
  PGPASSWORD=$(password replicator) exec timeout "$SLOT_SECONDS" \
    psql -X -q -A -t -v VERBOSITY=verbose -d "$(upstream "$ORDINAL") replication=true" -c "$1"
}
