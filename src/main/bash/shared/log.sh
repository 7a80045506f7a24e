# shellcheck shell=bash
# Telling people what happens. Sourced first.

exec 3>&1 # the log, also from where the output goes elsewhere: a signal is handled in the middle of a redirected command

log() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&3; }

advise() { log "what to do: $1"; }

fail() { # FACT [WHAT-TO-DO]
  log "$1"
  [ $# -lt 2 ] || advise "$2"
  exit 1
}

# --- what is waited for: once for each subject, and again when it changes ---
declare -A LAST_SAID=()

say_once() { # SUBJECT FACT [WHAT-TO-DO]
  [ "${LAST_SAID[$1]:-}" != "$2" ] || return 0
  LAST_SAID[$1]=$2
  log "$2"
  [ $# -lt 3 ] || advise "$3"
}
