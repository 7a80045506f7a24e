# shellcheck shell=bash
# Base backups and their verification, beside everything else: one at a time. Sourced by archiver.sh.
#
# Somebody who wants one has the server write a request (see request.sh): one line with a name for it and what is wanted. The answer is
# a file of that name; it is replaced, never changed.

REQUEST=$SPOOL/request
REQUEST_PATTERN='^([0-9a-f-]{1,64}) (full|incremental|verify)$'
AGAIN_SECONDS=60 # after a base backup that this node needs has failed
CHECKPOINT_SECONDS=3600

COMPLETE_LOOKS=50

INCOMPLETE=0 # looks at a request that were too early
WORK=''      # the process that works
WORKS_ON=''
WORKS_FOR='' # the archive
NEEDED=''    # the base backup that this node needs by itself: full, incremental or nothing
NEW_NEED=''  # nothing once a base backup for it has begun
NEXT_BACKUP=0
FAULT=${TMPDIR:-/tmp}/fault # why the last work failed

need_backup() { # KIND REASON
  log "$2"
  know wal "$2" ''
  NEEDED=$1
  NEW_NEED=yes # what runs now may have begun too early, or be for another archive
  NEXT_BACKUP=0
}

keep_base_backups() {
  if [ -n "$WORK" ]; then
    ! kill -0 "$WORK" 2>/dev/null || return 0
    end_work
  fi
  [ "$ROLE" = primary ] && [ -z "$ENDING" ] || return 0
  if [ -n "$NEEDED" ] && ((SECONDS >= NEXT_BACKUP)) && ! is_suspended; then
    NEXT_BACKUP=$((SECONDS + AGAIN_SECONDS))
    NEW_NEED=''
    work "$NEEDED" ''
  elif [ -e "$REQUEST" ]; then
    take_request
  fi
}

# The server may be about to write it; it is complete with the end of its line.
take_request() {
  local line=''
  if ! read -r line 2>/dev/null <"$REQUEST" && ((++INCOMPLETE < COMPLETE_LOOKS)); then
    return 0
  fi
  INCOMPLETE=0
  rm -f "$REQUEST"
  if [[ $line =~ $REQUEST_PATTERN ]]; then
    work "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
  else
    log 'a request is refused: it is not one line with a name and full, incremental or verify'
  fi
}

work() { # KIND NAME-OF-THE-REQUEST
  rm -f "$FAULT"
  (
    trap - TERM INT
    keep_answers_apart "$1"
    do_work "$1" "$2"
  ) &
  WORK=$!
  WORKS_ON=$1
  WORKS_FOR=$CONF
}

do_work() { # KIND NAME
  local begun=$SECONDS result
  reply "$2" running "$1"
  log "$1: begun"
  case $1 in
    verify) verify || give_up "$@" ;; # sets VERIFIED
    *) if ! is_still_own_archive || ! checkpoint_after_promotion || ! make_backup "$1"; then give_up "$@"; fi ;;
  esac
  result="$1: ${VERIFIED:+the archive is $VERIFIED, }in $((SECONDS - begun)) s"
  log "$result"
  reply "$2" 'done' "$result"
}

# A base backup lets older ones expire.
is_still_own_archive() {
  forget_owner
  is_own_archive
}

# Until then the control data have the former timeline, with which the tool makes no base backup.
checkpoint_after_promotion() {
  attempt run ask_server "
SELECT (pg_control_checkpoint()).timeline_id = ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int AS done \\gset
\\if :done
\\else
CHECKPOINT;
\\endif" "$CHECKPOINT_SECONDS"
}

give_up() { # KIND NAME
  local why
  why=$(tool_complaint)
  log "$1: failed: $why"
  printf '%s\n' "$why" >"$FAULT"
  reply "$2" failed "$1: $why"
  exit 1
}

end_work() {
  local status=0
  wait "$WORK" || status=$?
  WORK=''
  [ "$status" = 0 ] || forget_owner # it can be why
  [ "$WORKS_FOR" != "$CONF" ] || know_result "$status"
  if [ "$status" = 0 ] && [ "$WORKS_ON" != verify ] && [ -z "$NEW_NEED" ]; then
    NEEDED=''
    know wal '' ''
  fi
}

know_result() { # EXIT-CODE
  local task=$WORKS_ON fault='it was killed' now=''
  [ "$task" = verify ] || task=backup
  if [ "$1" = 0 ]; then
    fault=''
    printf -v now '%(%s)T' -1
  else
    read -r fault 2>/dev/null <"$FAULT" || true
  fi
  know "$task" "$fault" "$now"
}

# What the archive has is sound. Where WAL is missing between its base backups is no fault of it: that was told when it happened, and
# is told again.
verify() {
  local stop first last
  verify_archive || return 1
  oldest_backup stop && [ -n "$stop" ] && list_wal "$stop" || return 1
  take_segments
  VERIFIED='sound'
  ! find_gap "$stop" "${NEWEST:-$stop}" first last || VERIFIED="sound, but it has no WAL from $first to $last"
}

reply() { # NAME running|done|failed TEXT
  [ -n "$1" ] || return 0
  write_in_the_spool "answer.$1" "$2 $3"
}
