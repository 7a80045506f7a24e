# shellcheck shell=bash
# Comparing places in the WAL. Pure arithmetic.

POSITION_PATTERN='[0-9A-F]{1,8}/[0-9A-F]{1,8}'

position() { # PLACE in the WAL, as a number of bytes
  [[ $1 =~ ^$POSITION_PATTERN$ ]] && printf '%d' "$(((16#${1%/*} << 32) + 16#${1#*/}))"
}

# Both are the names of facts about servers (see facts/peers.sh). What one has counts when it has replayed it.
has_more() { # A B: A is further on B's timeline, or on a newer one
  local -n a_facts=$1 b_facts=$2
  [ "${a_facts[timeline]}" -gt "${b_facts[timeline]}" ] || {
    [ "${a_facts[timeline]}" -eq "${b_facts[timeline]}" ] &&
      (($(position "${a_facts[has]}") > $(position "${b_facts[has]}")))
  }
}

on_the_same_timeline() { # A B: of the same database too
  local -n a_facts=$1 b_facts=$2
  [ "${a_facts[system]} ${a_facts[timeline]}" = "${b_facts[system]} ${b_facts[timeline]}" ]
}
