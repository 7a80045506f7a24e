# shellcheck shell=bash
# Which standby may be promoted after the primary is lost, in one word. Pure functions: they ask nobody and change nothing.
# Facts about servers are named (see facts/peers.sh). Sourced after position.sh.

# The Job that makes the declared primary write. Whether a node is declared lost: only then it promotes by itself.
# ROLE, WAITS and LATE: what the declared primary says of itself, nothing when it does not answer
decide_job() { # ROLE WAITS LOST-NODES(yes/no) LATE
  case "$1 $3" in
    primary\ *) echo end ;;
    ' '*) echo wait-for-an-answer ;;
    *' no') if [ "$4" = 0 ]; then echo wait-for-a-hand-over; else echo wait-until-it-replays-at-once; fi ;;
    *) if [ "$2" = t ]; then echo ask-the-others; else echo wait-until-all-is-replayed; fi ;;
  esac
}

# One of the others: without the lost ones, whose data cannot be asked for, the one with the most takes over. How much one has
# is known only when it has replayed it.
decide_about_peer() { # DECLARED-FACTS PEER-FACTS LOST(yes/no)
  local -n peer_facts=$2
  if [ "$3" = yes ] && [ -z "${peer_facts[role]}" ]; then
    echo no-obstacle
  elif [ "$3" = yes ]; then
    echo wait-for-the-lost-one # which can hand over without a loss
  elif [ -z "${peer_facts[role]}" ]; then
    echo wait-for-an-answer
  elif [ "${peer_facts[role]}" = primary ]; then
    echo wait-for-a-hand-over
  elif [ "${peer_facts[waits]}" != t ]; then
    echo wait-until-all-is-replayed
  elif has_more "$2" "$1"; then
    echo has-more
  else
    echo no-obstacle
  fi
}
