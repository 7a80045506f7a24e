# shellcheck shell=bash
# Bringing WAL to the archive. Sourced by archiver.sh.

WAL=$PGDATA/pg_wal

# What the server waits for, the history of timelines first: nothing can be restored from WAL whose origin is unknown.
push_ready() {
  local ready file
  for ready in "$WAL"/archive_status/*.history.ready "$WAL"/archive_status/*.ready; do
    file=${ready##*/}
    file=${file%.ready}
    if [ -e "$ready" ] && [ -e "$WAL/$file" ] && ! is_archived "$file"; then
      push "$file" || return 1
    fi
  done
  forget_known
}

push() { # FILE
  is_own_archive || trouble "$1 is not archived" || return 1
  if ! push_wal "$1"; then
    [ -e "$WAL/$1" ] || return 0 # recycled meanwhile, because the server does not wait
    trouble "$1 is not archived" || return 1
  fi
  mark_archived "$1"
  if has_error; then
    forget_error
    log "the archive takes WAL again, from $1 on"
  fi
}

# The server knows of these.
forget_known() {
  local mark file
  for mark in "$SPOOL"/archived.*; do
    file=${mark##*/archived.}
    [ ! -e "$mark" ] || [ -e "$WAL/archive_status/$file.ready" ] || rm -f "$mark"
  done
}

# False, so that the caller can end with it.
trouble() { # FACT
  local why
  why=$(tool_complaint)
  keep_error "$1: $why" || true
  if [ -n "$STRANGER" ]; then # said already
    ROLE=''
    know wal "$STRANGER" ''
  else
    say_once archive "$1: $why"
  fi
  return 1
}

# For the server here, a standby whose upstream no longer has what it needs (see fetch.sh).
fetch_wanted() {
  local wanted file
  for wanted in "$SPOOL"/wanted.*; do
    file=${wanted##*/wanted.}
    if [ -e "$wanted" ]; then fetch "$file" || return 1; fi
  done
}

fetch() { # FILE
  local status=0
  rm -f "$SPOOL"/fetched.* # that came too late
  is_own_archive || trouble "$1 cannot be read from the archive" || return 1
  get_wal "$PGDATA" "$1" "$SPOOL/incoming" || status=$?
  case $status in
    0) forget_absent_segments && mv -T "$SPOOL/incoming" "$SPOOL/fetched.$1" || return 1 ;;
    "$NOT_IN_THE_ARCHIVE") mark_absent "$1" || return 1 ;;
    *) trouble "$1 cannot be read from the archive" || return 1 ;;
  esac
  want_no_more "$1"
}

# The server does not wait any more. It does again when the archive has all that is here.
catch_up() {
  push_missing || return 1
  resume
  log 'the archive has all WAL that is here: the server waits for it again'
  [ "$ROLE" != primary ] || compare_with_archive
}

# Brings what is here, and then looks for what is missing between the newest base backup and now: nothing after it could be restored
# until the next one.
compare_with_archive() {
  local current first last
  find_current current || trouble 'the archive cannot be compared' || return 1 # first: everything before it is complete
  push_missing || return 1
  [ -z "$SINCE" ] || know backup '' "$BACKED_UP"
  if [ -z "$SINCE" ]; then
    need_backup full 'the archive has no base backup'
  elif find_gap "$SINCE" "$current" first last; then
    need_backup incremental "the archive lacks WAL from $first to $last, and it is not here any more: no point in time after that can be restored until the next base backup"
  else
    know wal '' ''
  fi
}

# Sets INTO to the segment that the server writes to.
find_current() { # INTO-VARIABLE
  attempt run ask_server 'SELECT pg_walfile_name(pg_current_wal_insert_lsn())' && printf -v "$1" '%s' "$(answer)" && [ -n "${!1}" ]
}

# Through the socket that both containers have.
ask_server() { # SQL [SECONDS]
  PGOPTIONS=$SUPERUSER PGCONNECT_TIMEOUT=5 timeout "${2:-20}" psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -d postgres -h "$SOCKETS" -p "$PORT" <<<"$1"
}

SINCE='' # the segment at which the newest base backup is complete; nothing where there is none. HAS is what the archive has from there on
BACKED_UP='' # when that was, in seconds since 1970

push_missing() {
  local file
  newest_backup SINCE BACKED_UP && list_wal "${SINCE:-$LEAST_SEGMENT}" || trouble 'the archive cannot be compared' || return 1
  take_segments
  while read -r file; do
    if [ -n "$file" ] && [ -z "${HAS[$file]:-}" ]; then
      push "$file" || return 1
      has_segment "$file"
    fi
  done < <(complete_segments "$WAL" "${SINCE:-$LEAST_SEGMENT}")
}
