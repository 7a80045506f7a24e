# shellcheck shell=bash
# The log. Sourced first.

exec 3>&1 # the log, even where standard output is redirected: a signal can be handled in the middle of such a command

log() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&3; }

advise() { log "what to do: $1"; }

fail() { # FACT [REMEDY]
  log "$1"
  [ $# -lt 2 ] || advise "$2"
  exit 1
}

# --- what is waited for: logged once for each subject, and again when it changes ---
declare -A LAST_SAID=()

say_once() { # SUBJECT FACT [REMEDY]
  [ "${LAST_SAID[$1]:-}" != "$2" ] || return 0
  LAST_SAID[$1]=$2
  log "$2"
  [ $# -lt 3 ] || advise "$3"
}
