# shellcheck shell=bash
# What the data directory of this node shows without a server.

ORDINAL=${HOSTNAME##*-}

is_declared() { [ "$ORDINAL" = "$PRIMARY" ]; } # this node is the declared primary

has_data() { [ -s "$PGDATA/PG_VERSION" ] && [ -s "$PGDATA/global/pg_control" ]; }

is_empty_folder() { [ ! -e "$1" ] || { [ -d "$1" ] && [ -z "$(ls -A "$1")" ]; }; } # or does not exist

is_standby() { [ -e "$PGDATA/standby.signal" ]; }

# The host that this node streams from; nothing for a former primary that has not handed over yet.
upstream() { sed -n "s/^primary_conninfo = 'host=\([^ ]*\) .*/\1/p" "$PGDATA/postgresql.auto.conf"; }

role_of_the_data() { # primary, standby, or former: a primary that was made read-only
  if ! is_standby; then
    echo primary
  elif [ -n "$(upstream)" ]; then
    echo standby
  else
    echo former
  fi
}

# Which engine has run the last server on exactly these data: patroni, declared, or nothing if none has run yet. A server
# leaves its command line in the data directory at each start; neither a clone nor a rewind brings it.
engine_of_the_data() {
  if [ ! -e "$PGDATA/postmaster.opts" ]; then
    return 0
  elif grep -aqF -e '--config-file=' "$PGDATA/postmaster.opts"; then
    echo patroni
  else
    echo declared
  fi
}

control_data() { LC_ALL=C pg_controldata -D "$PGDATA" | sed -n "s/^$1: *//p"; } # LABEL

has_wal() { # FOLDER: at least one segment
  local newest
  newest_segment "$1" newest
}

# False when the folder has none.
newest_segment() { # FOLDER INTO-VARIABLE
  local file segment=''
  for file in "$1"/*; do # sorted
    [[ ! ${file##*/} =~ ^[0-9A-F]{24}$ ]] || segment=${file##*/}
  done
  printf -v "$2" '%s' "$segment"
  [ -n "$segment" ]
}

# The newest timeline of any WAL here; after a promotion the last checkpoint can be on an older one.
newest_timeline() {
  local newest
  if newest_segment "$PGDATA/pg_wal" newest; then
    echo $((16#${newest:0:8}))
  else
    control_data "Latest checkpoint's TimeLineID"
  fi
}

# --- data of another database ---
foreign() { # OWN-SYSTEM-IDENTIFIER HOST ITS-SYSTEM-IDENTIFIER
  echo "the data here belong to another database (system identifier $1) than those of $2 ($3): neither used nor deleted"
}

foreign_remedy() { echo "give this pod its own volume back; if you do not need these data: $(clone_again)"; }
