# shellcheck shell=bash
# What the data here show of their past on either engine. Sourced after facts/data.sh.

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
