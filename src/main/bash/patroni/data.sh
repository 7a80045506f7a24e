# shellcheck shell=bash
# What the data here show of their past on either engine. Sourced after position.sh and facts/data.sh.

state_of_the_data() { # empty, primary, standby, or former: a primary that the declared engine has made read-only
  if ! has_data; then
    echo empty
  elif [ "$(engine_of_the_data)" = declared ]; then
    role_of_the_data
  elif is_standby; then
    echo standby # Patroni does not keep the upstream where the declared engine does
  else
    echo primary
  fi
}

# What the others need to know while this node waits: one line of words.
describe_data() {
  local timeline=0 system=0 engine
  if has_data; then
    timeline=$(newest_timeline) || fail 'the data here cannot be read'
    system=$(control_data 'Database system identifier') || fail 'the data here cannot be read'
  fi
  engine=$(engine_of_the_data)
  echo "state=$(state_of_the_data) engine=${engine:-none} timeline=$timeline system=$system"
}

MEGABYTE=$((1024 * 1024)) # what is read before the position: each segment begins with one

# Where all that was written here ends, looked for from a position on, in bytes. Of a server that has shut down: before the checkpoint
# with which it did. Of one that was killed: where a crash recovery would find the end. False where that does not show, which is beyond
# the usual end, zeros after a whole record.
end_of_wal() { # TIMELINE POSITION INTO-VARIABLE
  local start=$(($2 / MEGABYTE * MEGABYTE)) text lsn
  text=$(LC_ALL=C pg_controldata -D "$PGDATA") || return 1
  if [[ $text =~ 'cluster state: '+'shut down'$'\n'.*'Latest checkpoint location: '+($POSITION_PATTERN) ]]; then
    lsn=${BASH_REMATCH[1]}
  else
    printf -v start '%X/%X' $((start >> 32)) $((start & 0xFFFFFFFF))
    text=$(LC_ALL=C pg_waldump --quiet --path="$PGDATA/pg_wal" --timeline="$1" --start="$start" 2>&1) || true
    [[ $text =~ 'invalid record length at '($POSITION_PATTERN) ]] || return 1
    lsn=${BASH_REMATCH[1]}
  fi
  printf -v "$3" '%s' "$(position "$lsn")"
}
