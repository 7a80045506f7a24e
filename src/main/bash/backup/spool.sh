# shellcheck shell=bash
# The folder by which server and sidecar communicate about WAL. Nothing in it is executed, and nothing in it must outlive the pod:
# what the archive lacks is found out by comparing it with pg_wal.

SPOOL=${ARCHIVE_SPOOL:-}
ARCHIVE_SECONDS=30 # for WAL that is about to be discarded

has_archive() { [ -n "$SPOOL" ]; }

# Whoever reads the file sees all of it or nothing.
write_in_the_spool() { # FILE LINE
  printf '%s\n' "$2" >"$SPOOL/$1.new" && mv "$SPOOL/$1.new" "$SPOOL/$1"
}

# --- an archiver of this pod had all that it needs ---
mark_begun() { : >"$SPOOL/begun"; }

has_begun() { [ -e "$SPOOL/begun" ]; }

# --- files of WAL that are in the archive, and for which the server still waits ---
is_archived() { [ -e "$SPOOL/archived.$1" ]; } # FILE

mark_archived() { : >"$SPOOL/archived.$1"; } # FILE

# WAL that perhaps only this node has goes to the archive before it is discarded here (see push.sh). Nobody waits for an archive that is
# away. Needs process.sh.
await_archive() {
  local limit=$((SECONDS + ARCHIVE_SECONDS))
  has_archive || return 0
  while waits_for_the_archive "$PGDATA/pg_wal" && ! has_error && ((SECONDS < limit)); do pause 0.2; done
}

waits_for_the_archive() { # FOLDER-OF-THE-WAL
  local file name
  for file in "$1"/archive_status/*.ready; do
    name=${file##*/}
    if [ -e "$file" ] && ! is_archived "${name%.ready}"; then return 0; fi
  done
  return 1
}

# --- files for which the server waits ---
count_waiting() { # FOLDER-OF-THE-WAL INTO-VARIABLE
  local file count=0
  for file in "$1"/archive_status/*.ready; do
    [ ! -e "$file" ] || ((++count))
  done
  printf -v "$2" '%d' "$count"
}

# --- the server does not wait any more; since this file ---
suspend() { write_in_the_spool suspended "$1"; } # FILE

is_suspended() { [ -e "$SPOOL/suspended" ]; }

resume() { rm -f "$SPOOL/suspended"; }

# --- why the archive does not get more ---
keep_error() { write_in_the_spool error "$1"; } # TEXT

forget_error() { rm -f "$SPOOL/error"; }

has_error() { [ -e "$SPOOL/error" ]; }

last_error() {
  local text='the sidecar has said nothing'
  read -r text <"$SPOOL/error" 2>/dev/null || true
  printf '%s' "$text"
}

# --- files that a standby wants from the archive, and what came of it ---
want() { : >"$SPOOL/wanted.$1"; } # FILE

is_wanted() { [ -e "$SPOOL/wanted.$1" ]; } # FILE

want_no_more() { rm -f "$SPOOL/wanted.$1"; } # FILE

has_come() { [ -e "$SPOOL/fetched.$1" ]; } # FILE

take() { cp "$SPOOL/fetched.$1" "$2" && rm -f "$SPOOL/fetched.$1"; } # FILE TARGET

mark_absent() { : >"$SPOOL/absent.$1"; } # FILE

is_absent() { [ -e "$SPOOL/absent.$1" ]; } # FILE

forget_absent() { rm -f "$SPOOL/absent.$1"; } # FILE

# Since the last segment that came. Other files, such as the history of a next timeline, are wanted without being needed.
lacks_a_segment() {
  local file
  for file in "$SPOOL"/absent.*; do
    [[ ! ${file##*/absent.} =~ ^[0-9A-F]{24}$ ]] || return 0
  done
  return 1
}

forget_absent_segments() { rm -f "$SPOOL"/absent.????????????????????????; }

# A pause without a process, of which there would be many: nobody writes to the pipe.
SILENCE=''
look_again_in() { # SECONDS
  if [ -z "$SILENCE" ]; then exec {SILENCE}<> <(:); fi
  read -r -t "$1" -u "$SILENCE" || true
}
