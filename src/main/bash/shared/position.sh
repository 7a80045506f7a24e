# shellcheck shell=bash
# Comparing WAL positions. Pure arithmetic.

POSITION_PATTERN='[0-9A-F]{1,8}/[0-9A-F]{1,8}'

position() { # LSN, as a number of bytes
  [[ $1 =~ ^$POSITION_PATTERN$ ]] && printf '%d' "$(((16#${1%/*} << 32) + 16#${1#*/}))"
}

# A and B name facts about servers (see facts/peers.sh). The result counts only when both have replayed all that they have.
has_more() { # A B: A is further on B's timeline, or on a newer one
  local -n a_facts=$1 b_facts=$2
  [ "${a_facts[timeline]}" -gt "${b_facts[timeline]}" ] || {
    [ "${a_facts[timeline]}" -eq "${b_facts[timeline]}" ] &&
      (($(position "${a_facts[has]}") > $(position "${b_facts[has]}")))
  }
}

on_the_same_timeline() { # A B: and of the same database
  local -n a_facts=$1 b_facts=$2
  [ "${a_facts[system]} ${a_facts[timeline]}" = "${b_facts[system]} ${b_facts[timeline]}" ]
}
