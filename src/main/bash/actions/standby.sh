# shellcheck shell=bash disable=SC2034,SC2153 # the scripts share what is set here, and set it
# How a standby follows its upstream, the server that it gets WAL from: connection, password, and the slot by which the
# upstream keeps the WAL that this node has not got yet. Sourced by init.sh and start.sh.

SLOT=$(slot_name "$NODE")
SLOT_SECONDS=5 # for an answer about it; as long as a connection may take

# SQLSTATEs, because texts can be in any language.
UNDEFINED_OBJECT=42704
DUPLICATE_OBJECT=42710

# The server's own connections heed no connect_timeout, and a pod that is gone sends nothing: without tcp_user_timeout and
# keepalives (milliseconds, seconds) a standby would cling to its old address for a minute and more.
conninfo() { # of the upstream on this host, without the password
  printf 'host=%s port=%s user=replicator application_name=%s connect_timeout=5 %s' "$1" "$PORT" "$NODE" \
    'tcp_user_timeout=5000 keepalives_idle=5 keepalives_interval=5'
}

is_standby() { [ -e "$PGDATA/standby.signal" ]; }

# The host that this node gets its WAL from; nothing for a former primary that has not handed over yet.
upstream() { sed -n "s/^primary_conninfo = 'host=\([^ ]*\) .*/\1/p" "$PGDATA/postgresql.auto.conf"; }

# The password is in a file of its own: a server logs every change of primary_conninfo, with the whole of it. The server
# reads the file for each connection.
PASSFILE=replicator.passfile # in the data directory

# Its one line; backslash before backslash and colon.
passfile_line() { # INTO-VARIABLE
  local secret
  secret=$(<"$PASSWORDS/replicator") || return 1
  secret=${secret//\\/\\\\}
  printf -v "$1" '*:*:*:replicator:%s' "${secret//:/\\:}"
}

write_passfile() { # DATA-DIRECTORY
  local line
  passfile_line line &&
    (umask 077 && printf '%s\n' "$line" >"$1/$PASSFILE.new") &&
    mv "$1/$PASSFILE.new" "$1/$PASSFILE"
}

# For a standby that runs: the kubelet brings a changed password to the pod, and from then on the server connects with it.
keep_password() {
  local declared current=''
  is_standby && [ -e "$PGDATA/$PASSFILE" ] || return 0
  passfile_line declared || return 1
  IFS= read -r current <"$PGDATA/$PASSFILE" || true
  [ "$current" != "$declared" ] || return 0
  if write_passfile "$PGDATA" 2>/dev/null; then
    log 'the password of replicator has changed: this node connects with the declared one from now on'
  else
    say_once password "the password of replicator has changed, but cannot be written here"
    return 1
  fi
}

# postgresql.auto.conf is where PostgreSQL itself keeps it, readable for its user only.
set_upstream() { # DATA-DIRECTORY HOST
  umask 077
  write_passfile "$1" || return 1
  write_upstream "$1" \
    "primary_conninfo = $(sql_quoted "$(conninfo "$2") passfile=$PGDATA/$PASSFILE")" \
    "primary_slot_name = $(sql_quoted "$SLOT")"
}

write_upstream() { # DATA-DIRECTORY LINE...
  local conf=$1/postgresql.auto.conf
  {
    grep -v -E '^(primary_conninfo|primary_slot_name)\>' "$conf" || true
    printf '%s\n' "${@:2}"
  } >"$conf.new"
  sync "$conf.new"
  mv "$conf.new" "$conf"
}

# From its next start on the server here cannot write, whatever happens: durable before anything else is done.
become_read_only() {
  write_upstream "$PGDATA" '# no upstream: a former primary'
  rm -f "$PGDATA/$ASKED"
  touch "$PGDATA/standby.signal"
  sync "$PGDATA/standby.signal" "$PGDATA"
}
ASKED=streamset.asked # in the data directory: the ordinal of the node that this one has told to write

# For a node that has data. Never in the way of its start: the upstream keeps the slot whether this node runs or not.
keep_slot() { # HOST
  if ! accepts "$1"; then
    log "slot $SLOT stays as it is: $1 does not accept connections"
  elif create_slot "$1"; then
    log "slot $SLOT made on $1"
  elif ! complained "$DUPLICATE_OBJECT"; then
    log "slot $SLOT stays as it is: $(complaint)"
  elif slot_is_lost "$1"; then
    log "slot $SLOT has lost WAL that this node may need: it was away for more than max_slot_wal_keep_size"
    if renew_slot "$1"; then
      log "slot $SLOT made anew on $1"
    else
      log "slot $SLOT stays as it is: $(complaint)"
    fi
  fi
}

# For a clone: what an older slot of this name has kept is of no use to it.
renew_slot() { drop_slot "$1" && create_slot "$1"; }

create_slot() { replication_command "$1" "CREATE_REPLICATION_SLOT \"$SLOT\" PHYSICAL RESERVE_WAL"; }

drop_slot() { replication_command "$1" "DROP_REPLICATION_SLOT \"$SLOT\"" || complained "$UNDEFINED_OBJECT"; }

# Reserves nothing, though it was made to: only an invalidated slot does. (14 has no such command, and there an invalidated
# slot holds again as soon as it streams.)
slot_is_lost() {
  [ "$(<"$PGDATA/PG_VERSION")" -ge 15 ] &&
    replication_command "$1" "READ_REPLICATION_SLOT \"$SLOT\"" && grep -qx 'physical||' "$ANSWER"
}

complained() { grep -q ":  $1: " "$COMPLAINT"; } # with this SQLSTATE

replication_command() { run replication "$@" >"$ANSWER" 2>"$COMPLAINT"; }

# Through the line of pg_hba.conf that lets standbys in.
replication() {
  PGPASSWORD=$(password replicator) exec timeout "$SLOT_SECONDS" \
    psql -X -q -A -t -v VERBOSITY=verbose -d "$(conninfo "$1") replication=true" -c "$2"
}

foreign() { # OWN-SYSTEM-IDENTIFIER HOST ITS-SYSTEM-IDENTIFIER
  echo "the data here are of another database (system identifier $1) than those of $2 ($3): neither used nor deleted"
}

foreign_remedy() { echo "give this pod its own volume back; if these data are not wanted: $(clone_anew)"; }

# Slots that others had on this node when it was primary: they would keep WAL for nobody. False while one is in use, by a
# standby that has not found the new primary yet.
drop_slots_of_others() {
  run superuser "$SELF" "$ASK_SECONDS" >"$ANSWER" 2>"$COMPLAINT" <<SQL &&
SELECT active, CASE WHEN NOT active THEN pg_drop_replication_slot(slot_name) END
  FROM pg_replication_slots
 WHERE slot_type = 'physical' AND slot_name ~ '^$(own_slots)_(0|[1-9][0-9]*)\$';
SQL
    ! grep -q '^t' "$ANSWER"
}
