# shellcheck shell=bash
# The folder by which server and sidecar communicate about WAL. Nothing in it is executed, and nothing in it must outlive the pod:
# what the archive lacks is found out by comparing it with pg_wal. Sourced after log.sh.

SPOOL=${ARCHIVE_SPOOL:?}

# --- an archiver of this pod had all that it needs ---
mark_begun() { : >"$SPOOL/begun"; }

has_begun() { [ -e "$SPOOL/begun" ]; }

# --- files of WAL that are in the archive, and for which the server still waits ---
is_archived() { [ -e "$SPOOL/archived.$1" ]; } # FILE

mark_archived() { : >"$SPOOL/archived.$1"; } # FILE

# --- files for which the server waits ---
count_waiting() { # FOLDER-OF-THE-WAL
  local file count=0
  for file in "$1"/archive_status/*.ready; do
    [ ! -e "$file" ] || ((++count))
  done
  printf '%d' "$count"
}

# --- the server does not wait any more; since this file ---
suspend() { # FILE
  printf '%s\n' "$1" >"$SPOOL/suspended.new" && mv "$SPOOL/suspended.new" "$SPOOL/suspended"
}

is_suspended() { [ -e "$SPOOL/suspended" ]; }

suspended_since() {
  local file=''
  read -r file <"$SPOOL/suspended" 2>/dev/null || true
  printf '%s' "$file"
}

resume() { rm -f "$SPOOL/suspended"; }

# --- why the archive does not get more ---
keep_error() { # TEXT
  printf '%s\n' "$1" >"$SPOOL/error.new" && mv "$SPOOL/error.new" "$SPOOL/error"
}

forget_error() { rm -f "$SPOOL/error"; }

has_error() { [ -e "$SPOOL/error" ]; }

last_error() {
  local text='the sidecar has said nothing'
  read -r text <"$SPOOL/error" 2>/dev/null || true
  printf '%s' "$text"
}

# A pause without a process, of which there would be many: nobody writes to the pipe.
SILENCE=''
look_again_in() { # SECONDS
  if [ -z "$SILENCE" ]; then exec {SILENCE}<> <(:); fi
  read -r -t "$1" -u "$SILENCE" || true
}
