# shellcheck shell=bash disable=SC2034,SC2153 # the scripts share what is set here, and set it
# The role that the server of this pod plays: what the stack declares, as soon as nothing can be lost by it. One rule keeps
# two servers from writing: a primary passes its role on only after it cannot write any more itself, and nobody else makes
# a primary (but for a lost one, see handover.sh). Sourced by start.sh.

NEAR_BYTES=$((16 << 20)) # a new primary that is no further behind has caught up within moments
STOP_SECONDS=5           # a hand over waits so long for a shutdown that sends everything to all standbys
CATCH_UP_SECONDS=3       # and then for the new primary to replay it
CHECK_SECONDS=3          # between two looks at a standby that streams
PATIENCE=3               # looks in a row, before a standby that does not stream is thought about

NEXT_CHECK=0
MISSED=0
SLOTS_OF_OTHERS=unknown # until this node, as a standby, has none

play_role() {
  if ! is_standby; then
    SLOTS_OF_OTHERS=unknown
    if [ "$ORDINAL" = "$PRIMARY" ]; then tell_lost_ones; else step_down; fi
  elif [ -n "$(upstream)" ]; then
    follow
  else
    hand_over
  fi
}

# --- the declared primary ---
# A lost primary that nobody reached may still write when the network is back. In a process of its own, which ends by
# itself: a host that is gone must not delay what else is to be done here.
TELLS='' # the process
tell_lost_ones() {
  if ! has_lost_nodes || ((SECONDS < NEXT_CHECK)) || { [ -n "$TELLS" ] && kill -0 "$TELLS" 2>/dev/null; }; then
    return 0
  fi
  NEXT_CHECK=$((SECONDS + CHECK_SECONDS))
  tell_those_that_write &
  TELLS=$!
}

tell_those_that_write() {
  local ordinal host ANSWER=$ANSWER.lost COMPLAINT=$COMPLAINT.lost
  trap - TERM INT
  for ordinal in "${!HOSTS[@]}"; do
    host=${HOSTS[$ordinal]}
    if is_lost "$ordinal" && ask "$host" && [ "$ROLE" = primary ]; then
      log "$host is declared lost, but writes: told to end that"
      announce "$host" >"$ANSWER" 2>"$COMPLAINT" || log "$host was not told: $(complaint)"
    fi
  done
}

# --- a primary where another is declared ---
step_down() {
  local heir=${HOSTS[$PRIMARY]}
  if is_lost "$ORDINAL"; then
    log "declared lost, but here: writes no more, for $heir may be told to"
  elif is_near "$heir"; then
    log "hands over to $heir"
    run superuser "$SELF" 60 <<<'CHECKPOINT' 2>"$COMPLAINT" || log "no checkpoint before the end: $(complaint)"
  else
    return 0
  fi
  become_read_only
  stop_server "$STOP_SECONDS" || true
  if has_all_of_a_clean_end "$heir" && pass_on "$heir"; then
    set_upstream "$PGDATA" "$heir"
    create_slot "$heir" || true # or it is there
  fi
  start_server
}

is_near() {
  local own system timeline
  if ! ask "$SELF"; then return 1; fi
  own=$(position "$HAS") system=$SYSTEM timeline=$TIMELINE
  if ! ask "$1"; then
    say_once heir "goes on writing until $1, which is declared primary, answers: $(complaint)"
  elif [ "$ROLE" = primary ]; then
    say_once heir "$1 writes too: somebody promoted it"
    return 0 # and this one was declared to end
  elif [ "$SYSTEM" != "$system" ] || [ "$TIMELINE" != "$timeline" ]; then
    say_once heir "goes on writing: $1, which is declared primary, is no standby of this server"
  elif ((own - $(position "$REPLAYED") > NEAR_BYTES)); then
    say_once heir "goes on writing until $1, which is declared primary, has replayed what it lacks"
  else
    return 0
  fi
  return 1
}

# After a clean end the last record is a checkpoint; who has replayed it has everything.
has_all_of_a_clean_end() {
  local last limit=$((SECONDS + CATCH_UP_SECONDS))
  [ "$(control_data 'Database cluster state')" = 'shut down' ] || return 1
  last=$(position "$(control_data 'Latest checkpoint location')")
  until ask "$1" && [ "$ROLE" = standby ] && (($(position "$REPLAYED") > last)); do
    ((SECONDS < limit)) || return 1
    run sleep 0.1
  done
}

pass_on() { # the role, to this host
  printf '%s\n' "$PRIMARY" >"$PGDATA/$ASKED"
  sync "$PGDATA/$ASKED"
  promote "$1" || return 1
  log "$1 writes now"
}

# --- a former primary, read-only and without an upstream ---
hand_over() {
  local heir=${HOSTS[$PRIMARY]} branch
  if [ "$ORDINAL" = "$PRIMARY" ]; then
    join_writer || take_back
  elif ask "$heir" && [ "$ROLE" = primary ]; then
    join "$heir"
  elif ! know_own_end; then
    say_once end 'replays its own WAL'
  elif branch="$SYSTEM $TIMELINE" && ask "$heir" && [ "$SYSTEM $TIMELINE" = "$branch" ] &&
    (($(position "$REPLAYED") >= OWN_END)); then
    ! no_other_was_told "$heir" || pass_on "$heir" || true
  elif ! join_writer; then
    say_once heir "waits until $heir, which is declared primary, has replayed what it lacks"
  fi
}

join_writer() { find_writer && [ "$ROLE" = primary ] && join "$WRITER"; }

# OWN_END becomes the end of the WAL that is here: the server has replayed all of it and found no more.
OWN_END=0
know_own_end() { ask "$SELF" && [ "$WAITS" = t ] && OWN_END=$(position "$REPLAYED"); }

# When another node than this was told to write before, it may do so any moment, as long as it does not say otherwise.
no_other_was_told() {
  local asked
  asked=$(cat "$PGDATA/$ASKED" 2>/dev/null || true)
  if [ -z "$asked" ] || [ "${HOSTS[$asked]:-$1}" = "$1" ] || is_lost "$asked"; then
    return 0
  elif ! ask "${HOSTS[$asked]}"; then
    say_once asked "waits for ${HOSTS[$asked]}, which was told to write, to say whether it does"
    return 1
  fi
  [ "$ROLE" = standby ]
}

# Declared primary again, or its peers have lived on without it: writes only when nobody has come further.
take_back() {
  local host system timeline end
  know_own_end || return 0
  system=$SYSTEM timeline=$TIMELINE end=$OWN_END
  no_other_was_told "${HOSTS[$ORDINAL]}" || return 0
  for host in "${HOSTS[@]}"; do
    if [ "$host" != "${HOSTS[$ORDINAL]}" ] && ask "$host" && [ "$SYSTEM" = "$system" ] &&
      { ((TIMELINE > timeline)) || { ((TIMELINE == timeline)) && (($(position "$HAS") > end)); }; }; then
      join "$host"
      return 0
    fi
  done
  if promote "$SELF"; then log 'writes again'; fi
}

# --- a standby ---
follow() {
  local declared=${HOSTS[$PRIMARY]}
  ((SECONDS >= NEXT_CHECK)) || return 0
  NEXT_CHECK=$((SECONDS + CHECK_SECONDS))
  if [ "$ORDINAL" != "$PRIMARY" ] && [ "$(upstream)" != "$declared" ] && ask "$declared" && [ "$ROLE" = primary ]; then
    join "$declared"
  elif streams; then
    MISSED=0
    [ "$SLOTS_OF_OTHERS" = none ] || ! drop_slots_of_others || SLOTS_OF_OTHERS=none
  elif ((++MISSED >= PATIENCE)) && find_writer && [ "$ROLE" = primary ]; then
    join "$WRITER"
  fi
}

streams() { # or is not so far yet that it could say
  ! run superuser "$SELF" "$ASK_SECONDS" <<<'SELECT status FROM pg_stat_wal_receiver' >"$ANSWER" 2>"$COMPLAINT" ||
    grep -qx streaming "$ANSWER"
}

# Gets its WAL from this host from now on, when its own data are a part of what that has.
join() {
  local host=$1 system timeline
  ask "$host" || return 0
  system=$SYSTEM timeline=$TIMELINE
  know_own_end || return 0
  if [ "$SYSTEM" != "$system" ]; then
    say_once "$host" "$(foreign "$SYSTEM" "$host" "$system")" "$(foreign_remedy)"
  elif ((TIMELINE != timeline)) && ! find_fork "$host" "$timeline" "$TIMELINE"; then
    return 0 # to be asked again
  elif ((TIMELINE != timeline)) && { [ -z "$FORK" ] || ((OWN_END > $(position "$FORK"))); }; then
    leave_own_branch "$host"
  elif has_wal_from "$host"; then
    [ "$(upstream)" = "$host" ] || switch_upstream "$host"
  else
    log "$host has no longer the WAL that this node needs from $HAS on: cloned anew"
    rejoin_as_clone
  fi
}

has_wal_from() { # with an archive the server helps itself
  run superuser "$1" "$ASK_SECONDS" <<<"SELECT EXISTS (SELECT FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}\$'
    AND substr(name, 9) COLLATE \"C\" <= substr(pg_walfile_name('$HAS'::pg_lsn + 1), 9))" >"$ANSWER" 2>"$COMPLAINT" || return 0
  grep -qx t "$ANSWER" || [ -n "$(configured restore_command)" ]
}

switch_upstream() {
  set_upstream "$PGDATA" "$1"
  rm -f "$PGDATA/$ASKED"
  create_slot "$1" || true # or it is there
  kill -HUP "$SERVER"
  SLOTS_OF_OTHERS=unknown
  log "follows $1"
}

# What is here was written after the others had gone on without this node. A standby's are copies; a primary's are given up
# only when it is declared lost.
leave_own_branch() {
  local what="WAL from ${FORK:-an unknown place} to $HAS on timeline $TIMELINE that $1 has not got"
  if [ -z "$(upstream)" ] && ! is_lost "$ORDINAL"; then
    say_once "$1" "the data here were a primary's and have $what: read-only, nothing is given up" \
      "save what is missing there, then have the rest given up: pulumi config set --path 'streamset:lost[0]' $ORDINAL && pulumi up"
  else
    log "the data here have $what: given up"
    rejoin "$1"
  fi
}
