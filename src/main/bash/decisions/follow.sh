# shellcheck shell=bash
# Which server a standby follows, and whether its data allow that, as one word. Pure functions: they query nothing and change
# nothing. Arguments in capitals such as OWN name facts about servers (see facts/peers.sh). Sourced after position.sh.

PATIENCE=3 # looks in a row at which a standby does not stream, before it looks for another upstream

# A standby, at each look. UPSTREAM: its upstream is the declared primary; ROLE: the role of the declared primary, queried only
# if it is not the upstream; MISSED: looks in a row at which the standby did not stream, including this one
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

# Whether this node can stream from another one: only if that one has everything that is here. FORK: the position at which the
# other left this node's timeline, never, or unknown (which matters only if their timelines differ)
decide_join() { # OWN OTHER FORK
  local -n own_facts=$1 other_facts=$2
  if [ "${own_facts[waits]}" != t ]; then
    echo wait-until-all-is-replayed
  elif [ "${own_facts[system]}" != "${other_facts[system]}" ]; then
    echo refuse-another-database
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

# The data here were written after the others had gone on without this node. A standby's data are copies; a primary's are
# discarded only if it is declared lost.
decide_diverged() { # DATA LOST(yes/no)
  case "$1 $2" in
    'former no') echo stay-read-only ;;
    *) echo discard ;;
  esac
}
