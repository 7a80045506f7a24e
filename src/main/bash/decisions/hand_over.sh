# shellcheck shell=bash
# Which node writes next, as one word. Pure functions: they query nothing and change nothing. Arguments such as OWN and
# CANDIDATE name facts about servers (see facts/peers.sh). Sourced after position.sh.

NEAR_BYTES=$((16 << 20)) # a new primary that is no further behind catches up within moments

# A primary, if another node, the candidate, is declared. RESTARTS: whether the candidate is to restart before this node: yes
# or no; SERVICE: whether the Service for writing selects the candidate already, or need not be waited for: yes, no, or unknown;
# finding out takes a query
decide_step_down() { # LOST(yes/no) OWN CANDIDATE RESTARTS(yes/no) SERVICE
  local -n own_facts=$2 candidate_facts=$3
  if [ "$1" = yes ]; then
    echo stop-because-it-is-lost
  elif [ -z "${own_facts[role]:-}" ]; then
    echo wait-for-itself
  elif [ -z "${candidate_facts[role]:-}" ]; then
    echo wait-for-an-answer
  elif [ "${candidate_facts[role]:-}" = primary ]; then
    echo stop-because-it-writes-too # somebody promoted it, and it is the declared one
  elif ! on_the_same_timeline "$2" "$3"; then
    echo go-on-because-it-is-no-standby
  elif [ "${candidate_facts[late]}" != 0 ]; then
    echo wait-until-it-replays-at-once # otherwise writes would pause for the delay
  elif (($(position "${own_facts[has]}") - $(position "${candidate_facts[replayed]}") > NEAR_BYTES)); then
    echo wait-until-it-is-near
  elif [ "$4" = yes ]; then
    echo wait-until-it-has-restarted # otherwise writes would pause for the restart too
  elif [ "$5" = unknown ]; then
    echo look-at-the-service
  elif [ "$5" = no ]; then
    echo wait-for-the-service
  else
    echo hand-over
  fi
}

# A former primary, read-only and without an upstream. WRITER: another node writes: yes, no, or unknown; finding out takes a
# query to every node
decide_former_primary() { # DECLARED(yes/no) ROLE-OF-CANDIDATE OWN CANDIDATE WRITER
  local -n own_facts=$3
  if [ "$1" = no ] && [ "$2" = primary ]; then
    echo join-the-candidate
  elif [ "${own_facts[waits]:-}" != t ]; then
    echo wait-until-all-is-replayed
  elif [ "$1 $2" = 'no standby' ] && has_all_of "$3" "$4"; then
    echo promote-the-candidate
  elif [ "$1" = yes ]; then
    echo take-back # which compares this node with all others
  elif [ "$5" = unknown ]; then
    echo look-for-the-writer
  elif [ "$5" = yes ]; then
    echo join-the-writer
  else
    echo wait-until-it-has-all
  fi
}

has_all_of() { # OWN CANDIDATE: all that this node has replayed; it waits for more, so it has no more
  local -n all_facts=$1 other_facts=$2
  on_the_same_timeline "$1" "$2" &&
    (($(position "${other_facts[replayed]}") >= $(position "${all_facts[replayed]}")))
}

# Whether a node may be promoted after another promotion was recorded. The recorded node may write at any moment, unless it
# answers that it is a standby.
# RECORDED: its ordinal or nothing; CANDIDATE: the ordinal of the node to promote now; KNOWN: the recorded node is still in the
# topology; LOST: it is declared lost; ROLE: its role, nothing if it does not answer
decide_promotion() { # RECORDED CANDIDATE KNOWN(yes/no) LOST(yes/no) ROLE
  if [ -z "$1" ] || [ "$1" = "$2" ] || [ "$3" = no ] || [ "$4" = yes ] || [ "$5" = standby ]; then
    echo promote
  elif [ -z "$5" ]; then
    echo wait-for-an-answer
  else
    echo do-not-promote
  fi
}

# A former primary that is declared again: it writes only if this peer neither writes nor is ahead. MUST-ANSWER: one that does not
# answer may be ahead: yes or no
decide_take_back() { # OWN PEER MUST-ANSWER
  local -n own_facts=$1 peer_facts=$2
  if [ "${peer_facts[role]}" = primary ]; then
    echo join-the-writer
  elif [ -n "${peer_facts[role]}" ] && [ "${peer_facts[system]}" = "${own_facts[system]}" ] && has_more "$2" "$1"; then
    echo join-the-peer
  elif [ -z "${peer_facts[role]}" ] && [ "$3" = yes ]; then
    echo wait-for-an-answer
  else
    echo write
  fi
}
