# shellcheck shell=bash
# The folder by which server and sidecar communicate about WAL. Nothing in it is executed, and nothing in it must outlive the pod:
# what the archive lacks is found out by comparing it with pg_wal. Sourced after log.sh.

SPOOL=${ARCHIVE_SPOOL:?}

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

# A pause without a process, of which there would be many: nobody writes to the pipe.
SILENCE=''
look_again_in() { # SECONDS
  if [ -z "$SILENCE" ]; then exec {SILENCE}<> <(:); fi
  read -r -t "$1" -u "$SILENCE" || true
}
