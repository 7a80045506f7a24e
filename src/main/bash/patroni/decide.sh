# shellcheck shell=bash
# Who may start first, as one word. Pure functions: they query nothing and change nothing.

# Nobody leads yet. NODES[i] has the words of each node by ordinal: state (empty, primary, standby, former), engine (patroni,
# declared, none) and timeline of data that wait, or "follows" where Patroni runs already (of a standby: also its timeline, and how
# far it has received the WAL), or nothing for a node that does not answer.
#
# On data that Patroni has run before, Patroni itself decides, and knows from its objects who led. On all others nobody knows
# that yet: a standby that led first would throw away what the primary has in addition, and a new database beside the others
# would throw away everything. So all nodes must be there, and one is the first: the primary on the newest timeline, or one that
# was made read-only last. Only where all volumes are empty is a new database created, by the declared one.
decide_first() { # OWN-ORDINAL DECLARED-ORDINAL PATIENCE-IS-OVER NODES
  local -n all_nodes=$4
  local state engine timeline silent='' running='' adopted='' data='' ordinal
  for ordinal in "${!all_nodes[@]}"; do
    read -r state engine timeline _ <<<"${all_nodes[$ordinal]}"
    case $state in
      '') silent=yes ;;
      follows) running=yes ;;
      *)
        [ "$engine" != declared ] || adopted=yes
        [ "$state" = empty ] || data=yes
        ;;
    esac
  done
  read -r state engine timeline <<<"${all_nodes[$1]}"
  if [ "$engine" = patroni ]; then
    if [ -n "$adopted" ]; then
      echo wait-for-a-leader # the others have been on the declared engine since
    elif [ -z "$silent" ] || [ "$3" = yes ]; then
      echo start
    else
      echo wait-for-the-others
    fi
  elif [ -n "$running" ]; then
    echo wait-for-a-leader
  elif [ -n "$silent" ]; then
    echo wait-for-all
  elif [ -z "$data" ]; then
    if [ "$1" = "$2" ]; then echo create; else echo wait-for-a-leader; fi
  else
    decide_adoption "$1" "$2" all_nodes
  fi
}

decide_adoption() { # OWN-ORDINAL DECLARED-ORDINAL NODES
  local -n adopted_nodes=$3
  local wanted newest=0 state engine timeline ordinal
  local -a candidates
  for ordinal in "${!adopted_nodes[@]}"; do
    read -r state engine timeline _ <<<"${adopted_nodes[$ordinal]}"
    ((timeline <= newest)) || newest=$timeline
  done
  for wanted in primary former; do
    candidates=()
    for ordinal in "${!adopted_nodes[@]}"; do
      read -r state engine timeline _ <<<"${adopted_nodes[$ordinal]}"
      if [ "$state" = "$wanted" ] && [ "$timeline" = "$newest" ]; then candidates+=("$ordinal"); fi
    done
    case ${#candidates[@]} in
      0) continue ;;
      1) if [ "${candidates[0]}" = "$1" ]; then echo lead; else echo wait-for-a-leader; fi ;;
      *) echo refuse-several ;;
    esac
    return 0
  done
  echo refuse-none
}

# Whether the others may go on without this node, which has led last: the timeline and how far each of them has received it, or
# "keep" when that is not known of all.
decide_give_back() { # OWN-ORDINAL NODES
  local -n last_nodes=$2
  local own state timeline received least='' ordinal
  read -r state _ own _ <<<"${last_nodes[$1]}"
  if [ "$state" = primary ]; then
    for ordinal in "${!last_nodes[@]}"; do
      [ "$ordinal" != "$1" ] || continue
      read -r state _ timeline received <<<"${last_nodes[$ordinal]}"
      if [ "$state $timeline" != "follows $own" ]; then
        least=''
        break
      fi
      [ -n "$least" ] && ((least < received)) || least=$received
    done
  fi
  echo "${least:+$own }${least:-keep}"
}
