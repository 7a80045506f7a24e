# shellcheck shell=bash
# The role of this pod's server: the declared one, as soon as nothing can be lost by taking it. One rule keeps two servers from
# writing: a primary passes its role on only after it can no longer write itself, and nobody else promotes (except for a lost
# primary, see jobs/handover.sh). Sourced by start.sh.
#
# Each look queries facts, calls a decision (see decisions), and acts on it. Failures are logged and left to the next look:
# every action can be repeated.

STOP_SECONDS=5     # how long a handover waits for a shutdown that sends everything to all standbys
CATCH_UP_SECONDS=3 # and then for the new primary to replay it
CHECK_SECONDS=3    # between two checks of a standby that streams

LAST_CHANCE_SECONDS=10 # how long a pod that ends waits for the Service; part of the time that Kubernetes gives it

POD_ENDS=no # this pod is ending: nothing is started any more
NEXT_CHECK=0
MISSED=0                # looks in a row at which this standby did not stream
SLOTS_OF_OTHERS=unknown # 'none' once this node, as a standby, has dropped them

play_role() {
  case $(decide_role "$(role_of_the_data)" "$(yes_or_no is_declared)") in
    write)
      SLOTS_OF_OTHERS=unknown
      forget_ready || true
      ! is_unsettled || forget_unsettled || true
      announce_to_lost_nodes
      ;;
    hand-over)
      SLOTS_OF_OTHERS=unknown
      step_down "${HOSTS[$PRIMARY]}"
      ;;
    settle) settle_former_primary "${HOSTS[$PRIMARY]}" ;;
    follow) follow "${HOSTS[$PRIMARY]}" ;;
  esac
}

must_start_server() { start_server || fail 'the server cannot be started: the data here cannot be read'; }

# --- the declared primary ---
# A lost primary that nobody reached may still write when the network is back. This runs in its own process, which ends by
# itself: a host that is gone must not delay the loop.
ANNOUNCES='' # the process
announce_to_lost_nodes() {
  if ! has_lost_nodes || ((SECONDS < NEXT_CHECK)) || { [ -n "$ANNOUNCES" ] && kill -0 "$ANNOUNCES" 2>/dev/null; }; then
    return 0
  fi
  NEXT_CHECK=$((SECONDS + CHECK_SECONDS))
  announce_to_those_that_write &
  ANNOUNCES=$!
}

announce_to_those_that_write() {
  local index host
  local -A peer
  trap - TERM INT
  keep_answers_apart lost
  for index in "${!HOSTS[@]}"; do
    host=${HOSTS[$index]}
    if is_lost "$index" && ask "$host" into peer && [ "${peer[role]}" = primary ]; then
      log "$host is declared lost, but writes: it must stop"
      announce "$host" || log "$host does not know yet that it is declared lost: $(complaint)"
    fi
  done
}

# --- a primary while another node is declared primary ---
LAST_STEP=''     # what it decided
HANDS_OVER_TO='' # the host, from the moment when the data are read-only

step_down() { # CANDIDATE-HOST
  local host=$1 word restarts=no sent_on=no
  local -A own candidate
  if ! is_lost "$ORDINAL" && ask "$(own_server)" into own; then
    ask "$host" into candidate || true
  fi
  # not in substitutions: these two remember since when they wait
  if restarts_first candidate; then restarts=yes; fi
  word=$(decide_step_down "$(yes_or_no is_lost "$ORDINAL")" own candidate "$restarts" unknown)
  if [ "$word" = look-at-the-service ]; then
    if clients_are_sent_on; then sent_on=yes; fi
    word=$(decide_step_down no own candidate "$restarts" "$sent_on")
  fi
  LAST_STEP=$word
  case $word in
    stop-because-it-is-lost)
      stop_writing "declared lost, but running: stops writing, because $host may be promoted" && pass_on_after_a_clean_end "$host"
      ;;
    stop-because-it-writes-too)
      say_once candidate "$host, which is declared primary, writes too: somebody promoted one of the two"
      stop_writing "hands over to $host" && pass_on_after_a_clean_end "$host"
      ;;
    hand-over)
      stop_writing "hands over to $host" && pass_on_after_a_clean_end "$host"
      ;;
    wait-for-an-answer)
      say_once candidate "goes on writing until $host, which is declared primary, answers: $(complaint)"
      ;;
    go-on-because-it-is-no-standby)
      say_once candidate "goes on writing: $host, which is declared primary, is not a standby of this server"
      ;;
    wait-until-it-replays-at-once)
      say_once candidate "goes on writing until $host, which is declared primary, replays at once (recovery_min_apply_delay is ${candidate[late]} there)"
      ;;
    wait-until-it-is-near)
      say_once candidate "goes on writing until $host, which is declared primary, has replayed what it lacks"
      ;;
    wait-until-it-has-restarted)
      say_once candidate "goes on writing until $host, which is declared primary, has restarted: this update restarts it before this node"
      ;;
    wait-for-the-service)
      say_once candidate "ready to hand over to $host: goes on writing until $PRIMARY_SERVICE leads there"
      ;;
    wait-for-itself) ;;
  esac
}

# A primary that ends while another node is declared hands over first: otherwise nobody could write until it is back. A handover
# that the end has interrupted is completed.
hand_over_before_the_end() {
  local limit=$((SECONDS + LAST_CHANCE_SECONDS))
  POD_ENDS=yes
  if [ -n "$HANDS_OVER_TO" ]; then
    [ -z "$SERVER" ] || stop_server "$STOP_SECONDS"
    pass_on_after_a_clean_end "$HANDS_OVER_TO" || return 1
    return 0
  fi
  read_topology || return 1
  while ! is_declared && [ "$(role_of_the_data)" = primary ] && server_runs; do
    ((SECONDS < limit)) || PRIMARY_SERVICE='' # no longer waited for
    step_down "${HOSTS[$PRIMARY]}"
    [ "$LAST_STEP" = wait-for-the-service ] || return 0
    pause 0.2
  done
}

# First of all, the data are made read-only on the disk: whatever happens after that, this server cannot write when it restarts.
stop_writing() { # WHAT-HAPPENS
  if ! attempt become_read_only; then
    say_once candidate "goes on writing, because the data here cannot be made read-only: $(complaint)"
    return 1
  fi
  HANDS_OVER_TO=${HOSTS[$PRIMARY]}
  log "$1"
  attempt record_promotion "$PRIMARY" || true # else it is tried again; now it costs no time, because clients still write
  forget_ready || true                        # it is only for the Job, and of this declaration
  if ! is_lost "$ORDINAL"; then # it makes the shutdown faster
    query "$(own_server)" 60 <<<'CHECKPOINT' || log "no checkpoint before the end: $(complaint)"
  fi
  stop_server "$STOP_SECONDS"
}

pass_on_after_a_clean_end() { # CANDIDATE-HOST
  local last=''
  if last=$(end_of_clean_shutdown) && pass_on_once_it_has_all "$1" "$last"; then
    attempt set_upstream "$PGDATA" "$1" || log "does not follow $1 yet: $(complaint)"
    create_slot_if_missing "$1"
  elif [ -z "$last" ]; then
    forget_promotion || true
  fi
  HANDS_OVER_TO=''
  [ "$POD_ENDS" = yes ] || must_start_server
}

end_of_clean_shutdown() { # the position of the last record
  LC_ALL=C pg_controldata -D "$PGDATA" | awk -F ': *' '
    $1 == "Database cluster state" { clean = $2 == "shut down" }
    $1 == "Latest checkpoint location" { last = $2 }
    END { if (!clean || last == "") exit 1; print last }'
}

# Passes the role on to the declared primary. First it records that on the disk: until this node knows the result, it must not
# promote another node.
pass_on() { # HOST
  is_recorded_for "$1" && promote "$1" || return 1
  log "$1 writes now"
}

# The same as soon as that standby has replayed the last record of this server.
pass_on_once_it_has_all() { # HOST POSITION
  local limit=$((SECONDS + CATCH_UP_SECONDS)) status=$NOT_PROMOTED
  is_recorded_for "$1" || return 1
  while [ "$status" = "$NOT_PROMOTED" ] && ((SECONDS < limit)); do
    status=0
    promote_if_it_has "$1" "$2" || status=$?
    [ "$status" != "$NOT_PROMOTED" ] || run sleep 0.1
  done
  case $status in
    0) log "$1 writes now" ;;
    "$NOT_PROMOTED") # unless an attempt was interrupted
      [ "$POD_ENDS" = yes ] || forget_promotion
      return 1
      ;;
    *) return 1 ;;
  esac
}

is_recorded_for() { # HOST
  if [ "$(recorded_promotion)" != "$PRIMARY" ] && ! attempt record_promotion "$PRIMARY"; then
    say_once promotion "$1 is not promoted, because that cannot be recorded here: $(complaint)"
    return 1
  fi
}

# Returns false if another node may write at any moment, because this one promoted it earlier.
may_promote() { # ORDINAL
  local recorded known=no lost=no
  local -A other=([role]='')
  recorded=$(recorded_promotion)
  if [ -n "$recorded" ]; then
    [ -z "${HOSTS[$recorded]:-}" ] || known=yes
    lost=$(yes_or_no is_lost "$recorded")
    [ "$known$lost" != yesno ] || [ "$recorded" = "$1" ] || ask "${HOSTS[$recorded]}" into other || true
  fi
  case $(decide_promotion "$recorded" "$1" "$known" "$lost" "${other[role]}") in
    promote) return 0 ;;
    wait-for-an-answer)
      say_once promotion "waits for ${HOSTS[$recorded]}, which was promoted from here, to say whether it writes"
      ;;
  esac
  return 1
}

# --- a former primary, read-only and without an upstream ---
settle_former_primary() { # CANDIDATE-HOST
  local word
  local -A own candidate writer=([role]='')
  is_declared || ask "$1" into candidate || true
  ask "$(own_server)" into own || true
  word=$(decide_former_primary "$(yes_or_no is_declared)" "${candidate[role]:-}" own candidate unknown)
  if [ "$word" = look-for-the-writer ]; then
    find_writer "$ORDINAL" into writer || writer=([role]='')
    word=$(decide_former_primary "$(yes_or_no is_declared)" "${candidate[role]:-}" own candidate "$(yes_or_no [ "${writer[role]}" = primary ])")
  fi
  case $word in
    join-the-candidate) join "$1" ;;
    join-the-writer) join "${writer[host]}" ;;
    promote-the-candidate) may_promote "$PRIMARY" && nobody_has_more own && pass_on "$1" ;;
    take-back) take_back own ;;
    wait-until-all-is-replayed) say_once end 'replays its own WAL' ;;
    wait-until-it-has-all)
      say_once candidate "waits until $1, which is declared primary, has replayed what it lacks"
      ;;
  esac
}

# It is declared primary again, or its peers have gone on without it: it writes only if no peer writes or is ahead.
take_back() { # OWN-FACTS
  local word index
  compare_with_peers "$1" word index
  case $word in
    join-the-writer | join-the-peer) join "${HOSTS[$index]}" ;;
    wait-for-an-answer) wait_to_be_settled "$index" && return 1 ;;
    write) may_promote "$ORDINAL" && promote "$(own_server)" && log 'writes again' ;;
  esac
}

# After a time with Patroni even a former primary does not know whether another one has gone on without it.
nobody_has_more() { # OWN-FACTS
  local word index
  is_unsettled || return 0
  compare_with_peers "$1" word index
  case $word in
    join-the-writer | join-the-peer)
      say_once settled "${HOSTS[$index]} has more than this node, which was a primary of Patroni: it does not pass its role on" \
        "pulumi config set streamset:primary $index && pulumi up"
      return 1
      ;;
    wait-for-an-answer) wait_to_be_settled "$index" && return 1 ;;
  esac
}

# Sets WORD to what stands against writing here, and INDEX to the ordinal of the peer of which that is true: one that writes, or else
# the first one. WORD is write if nothing does. One query to each peer tells both: each takes a moment in which nobody writes.
compare_with_peers() { # OWN-FACTS WORD INDEX
  local other decided compared=write
  local -A peer
  for other in "${!HOSTS[@]}"; do
    [ "$other" != "$ORDINAL" ] || continue
    ask "${HOSTS[$other]}" into peer || true
    decided=$(decide_take_back "$1" peer "$(yes_or_no must_answer "$other")")
    if [ "$decided" = join-the-writer ] || [ "$compared" = write ]; then
      compared=$decided
      printf -v "$3" '%s' "$other"
    fi
    [ "$decided" != join-the-writer ] || break
  done
  printf -v "$2" '%s' "$compared"
}

must_answer() { is_unsettled && ! is_lost "$1"; } # ORDINAL

wait_to_be_settled() { # ORDINAL
  say_once settled "waits for ${HOSTS[$1]}: Patroni ran on these data, and that node may have more" \
    "if it is lost: pulumi config set --path 'streamset:lost[$(count_lost_nodes)]' $1 && pulumi up"
}

# --- a standby ---
follow() { # DECLARED-HOST
  local at_declared streaming=no
  local -A declared=([role]='') writer=([role]='')
  ((SECONDS >= NEXT_CHECK)) || return 0
  NEXT_CHECK=$((SECONDS + CHECK_SECONDS))
  if is_declared && is_unsettled && follow_whoever_has_more; then return 0; fi
  at_declared=$(yes_or_no [ "$(upstream)" = "$1" ])
  is_declared || [ "$at_declared" = yes ] || ask "$1" into declared || true
  if streams; then streaming=yes; fi
  if receiver_is_paused && runs_below_the_floors; then
    restart_with_as_many
    return 0
  fi
  if [ "$streaming" = yes ]; then
    MISSED=0
    end_fetching || true
  else
    ((++MISSED))
  fi
  case $(decide_upstream "$(yes_or_no is_declared)" "$at_declared" "${declared[role]}" "$streaming" "$MISSED") in
    join-the-declared) join "$1" ;;
    stay)
      [ "$SLOTS_OF_OTHERS" = none ] || ! drop_slots_of_others || SLOTS_OF_OTHERS=none
      ;;
    look-for-the-writer)
      if find_writer "$ORDINAL" into writer && [ "${writer[role]}" = primary ]; then join "${writer[host]}"; fi
      ;;
    wait) ;;
  esac
}

# A pod that was promoted may still run with what an update has lowered since it started.
restart_with_as_many() {
  log "replays no more: $(upstream) has more connections, or the like, than this server, which restarts with as many"
  stop_server "$STOP_SECONDS"
  must_start_server
}

# So that the last primary, which waits for this node to have everything, can pass its role on. Returns false if nobody has more.
follow_whoever_has_more() {
  local host
  local -A own peer
  ask "$(own_server)" into own || return 1
  for host in "${HOSTS[@]}"; do
    if [ "$host" != "${HOSTS[$ORDINAL]}" ] && ask "$host" into peer && has_more peer own; then
      [ "$host" = "$(upstream)" ] || join "$host" || true
      return 0
    fi
  done
  return 1
}

# Streams from this host from now on, if that one has everything that is here.
join() { # HOST
  local host=$1 fork=unknown word
  local -A own other
  ask "$host" into other && ask "$(own_server)" into own || return 1
  word=$(decide_join own other "$fork")
  if [ "$word" = look-for-the-fork ]; then
    find_fork "$host" "${other[timeline]}" "${own[timeline]}" into fork || return 1
    word=$(decide_join own other "$fork")
  fi
  case $word in
    refuse-another-database) say_once "$host" "$(foreign "${own[system]}" "$host" "${other[system]}")" "$(foreign_remedy)" ;;
    diverged) leave_own_branch "$host" own "$fork" "${other[timeline]}" ;;
    follow)
      if ! can_get_wal "$host" "${own[has]}"; then
        clone_for_lack_of_wal "$host" "${own[has]}"
      elif [ "$(upstream)" != "$host" ]; then
        switch_upstream "$host"
      else
        create_slot_if_missing "$host" # perhaps that server ended just when the slot was to be created
      fi
      ;;
    wait-until-all-is-replayed) # a server hardly ever waits between two attempts to restore a segment
      ! fetches || can_get_wal "$host" "${own[has]}" || clone_for_lack_of_wal "$host" "${own[has]}"
      ;;
  esac
}

clone_for_lack_of_wal() { # HOST LSN
  log "$1 no longer has the WAL that this node needs from $2 on: cloned again"
  rejoin_as_clone
  MISSED=0
}

# True where a conf file says how the server restores: that one cannot be asked.
can_get_wal() { # HOST LSN
  has_wal_from "$1" "$2" || restores_by_itself || fetch_from_the_archive "$1" "$2"
}

switch_upstream() { # HOST
  if ! attempt set_upstream "$PGDATA" "$1" || ! attempt forget_promotion; then
    say_once "$1" "does not follow $1 yet: $(complaint)"
    return 1
  fi
  create_slot_if_missing "$1"
  reload_server || return 1
  SLOTS_OF_OTHERS=unknown
  log "follows $1"
}

leave_own_branch() { # HOST OWN-FACTS FORK TIMELINE-OF-THE-HOST
  local -n branch_facts=$2
  local from=$3 what
  if [ "$from" = never ]; then from=$(where_this_node_left "$4" "${branch_facts[timeline]}") || from='an unknown position'; fi
  what="WAL from $from to ${branch_facts[has]} on timeline ${branch_facts[timeline]} that $1 does not have"
  case $(decide_diverged "$(role_of_the_data)" "$(yes_or_no is_lost "$ORDINAL")") in
    stay-read-only)
      say_once "$1" "the data here were a primary's and have $what: read-only, nothing is discarded" \
        "save what $1 does not have, then have it discarded here: pulumi config set --path 'streamset:lost[$(count_lost_nodes)]' $ORDINAL && pulumi up"
      ;;
    discard)
      log "the data here have $what: discarded"
      rejoin "$1" "${branch_facts[timeline]}" "$3"
      MISSED=0
      ;;
  esac
}
