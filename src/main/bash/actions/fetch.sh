# shellcheck shell=bash
# WAL that this standby needs and that no server has any more: it comes from the archive, where there is one, and spares a new clone.
# restore_command is set for this time alone, because it holds up a promotion. Sourced after spool.sh, upstream.sh and slot.sh.

FETCH_COMMAND="bash $SCRIPTS/backup/fetch.sh %f \"%p\""
FETCH_PATIENCE_SECONDS=120 # without a segment: a clone takes longer than many an outage

FETCHES=unknown # whether restore_command is this one
FETCHED_TO=''   # what this node had at the last look
FETCHED_AT=0    # when that changed

# A standby that has no other way, at each look. False where the archive cannot help either.
fetch_from_the_archive() { # HOST LSN
  has_archive || return 1
  if ! fetches; then
    begin_to_fetch "$1" "$2"
  elif [ "$FETCHED_TO" != "$2" ]; then
    note_progress "$2"
  elif lacks_a_segment; then
    log "the archive does not have the WAL from $2 on either"
    return 1
  elif ((SECONDS - FETCHED_AT > FETCH_PATIENCE_SECONDS)); then
    log "no WAL from $2 on has come from the archive: $(last_error)"
    return 1
  fi
}

begin_to_fetch() { # HOST LSN
  note_progress "$2"
  set_restore_command "restore_command = $(sql_quoted "$FETCH_COMMAND")" || return 1
  FETCHES=yes
  log "$1 no longer has the WAL that this node needs from $2 on: it is taken from the archive"
  keep_slot "$1" # the WAL from now on
}

note_progress() { # LSN
  FETCHED_TO=$1
  FETCHED_AT=$SECONDS
  forget_absent_segments
}

# A standby that streams, at each look.
end_fetching() {
  fetches && certainly_streams || return 0
  set_restore_command || return 1
  FETCHES=no
  log 'the archive had the WAL that was missing: streams again'
}

forget_whether_it_fetches() { FETCHES=unknown; } # clone and rewind bring the file that says so from another node

fetches() {
  local conf
  has_archive || return 1
  if [ "$FETCHES" = unknown ]; then
    conf=$(<"$PGDATA/postgresql.auto.conf") || return 1
    FETCHES=no
    [[ $conf != *"$FETCH_COMMAND"* ]] || FETCHES=yes
  fi
  [ "$FETCHES" = yes ]
}

restores_by_itself() {
  local command
  command=$(configured restore_command) || return 1
  [ -n "$command" ] && [ "$command" != "$FETCH_COMMAND" ]
}

set_restore_command() { # LINE, or nothing
  attempt write_auto_conf "$PGDATA" restore_command "$@" && reload_server
}
