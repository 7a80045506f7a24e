# shellcheck shell=bash
# Which standby may be promoted after the primary is lost, as one word. Pure functions: they query nothing and change nothing.
# Arguments ending in FACTS name facts about servers (see facts/peers.sh). Sourced after position.sh.

# The Job that makes the declared primary write. The Job itself promotes only if a node is declared lost.
# ROLE, WAITS and LATE: facts about the declared primary, nothing if it does not answer
decide_job() { # ROLE WAITS LOST-NODES(yes/no) LATE
  case "$1 $3" in
    primary\ *) echo end ;;
    ' '*) echo wait-for-an-answer ;;
    *' no') if [ "$4" = 0 ]; then echo wait-for-a-hand-over; else echo wait-until-it-replays-at-once; fi ;;
    *) if [ "$2" = t ]; then echo ask-the-others; else echo wait-until-all-is-replayed; fi ;;
  esac
}

# One of the other nodes. The node with the most WAL takes over; lost nodes that do not answer are left out. How much WAL a node
# has is known only after it has replayed it.
decide_about_peer() { # DECLARED-FACTS PEER-FACTS LOST(yes/no)
  local -n peer_facts=$2
  if [ "$3" = yes ] && [ -z "${peer_facts[role]}" ]; then
    echo no-obstacle
  elif [ "$3" = yes ]; then
    echo wait-for-the-lost-one # it can hand over without a loss
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
