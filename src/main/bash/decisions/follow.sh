# shellcheck shell=bash
# Whom a standby follows, and whether its data allow it, in one word. Pure functions: they ask nobody and change nothing.
# Facts about servers are named (see facts/peers.sh). Sourced after position.sh.

PATIENCE=3 # looks in a row, before another upstream is looked for in place of one that a standby does not stream from

# A standby, at each look. UPSTREAM: its upstream is the declared primary; ROLE: what the declared primary says it is, asked
# only where it is not the upstream; MISSED: looks in a row at which it did not stream, this one included
decide_upstream() { # DECLARED(yes/no) UPSTREAM(yes/no) ROLE STREAMS(yes/no) MISSED
  if [ "$1 $2 $3" = 'no no primary' ]; then
    echo join-the-declared
  elif [ "$4" = yes ]; then
    echo stay
  elif (($5 >= PATIENCE)); then
    echo look-for-the-writer
  else
    echo wait
  fi
}

# Whether this node can get its WAL from another: only when its own data are a part of what that has. FORK: the place at which
# the other left this node's timeline, never, or unknown (which matters only when their timelines differ)
decide_join() { # OWN OTHER FORK
  local -n own_facts=$1 other_facts=$2
  if [ "${own_facts[waits]}" != t ]; then
    echo wait-until-all-is-replayed
  elif [ "${own_facts[system]}" != "${other_facts[system]}" ]; then
    echo refuse-a-stranger
  elif [ "${own_facts[timeline]}" = "${other_facts[timeline]}" ]; then
    echo follow
  elif [ "$3" = unknown ]; then
    echo look-for-the-fork
  elif [ "$3" = never ] || (($(position "${own_facts[replayed]}") > $(position "$3"))); then
    echo diverged
  else
    echo follow
  fi
}

# What is here was written after the others had gone on without this node. A standby's data are copies; a primary's are given
# up only when it is declared lost.
decide_diverged() { # DATA LOST(yes/no)
  case "$1 $2" in
    'former no') echo stay-read-only ;;
    *) echo give-up ;;
  esac
}
