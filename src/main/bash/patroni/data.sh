# shellcheck shell=bash
# What the data here show of their past on either engine. Sourced after facts/data.sh.

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
