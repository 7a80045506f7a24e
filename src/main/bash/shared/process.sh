# shellcheck shell=bash
# Ending at once on SIGTERM. bash handles a signal only between commands, so everything that takes time runs in the
# background and is waited for. Sourced after log.sh.

CHILD='' # the process that is waited for

end_on_signal() { trap end_at_once TERM INT; }

end_at_once() {
  end_child
  log 'ended by a signal'
  exit 143
}

end_child() { [ -z "$CHILD" ] || kill "$CHILD" 2>/dev/null || true; } # it may have ended by itself just now

run() {
  "$@" <&0 & # explicit, else a command in the background reads nothing
  CHILD=$!
  local status=0
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

pause() { run sleep "$1"; } # SECONDS between two attempts at something that another node must do first

yes_or_no() { if "$@"; then echo yes; else echo no; fi; } # COMMAND: a fact for a decision

# --- one at a time on a volume ---
# After a forced deletion the pod's next life can begin before the last has ended, and PostgreSQL sees no server that runs
# in another container. The server inherits the lock: it ends with the last of its processes.
lock_volume() {
  [ -z "${STREAMSET_LOCKED:-}" ] || return 0 # by the process that called this one
  exec 9<"$(dirname "$PGDATA")"
  if ! flock --nonblock 9; then
    log 'waiting for the server of an earlier life of this pod to end'
    run flock 9 || return 1
  fi
  export STREAMSET_LOCKED=yes
}
