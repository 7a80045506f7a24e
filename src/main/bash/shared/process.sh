# shellcheck shell=bash
# Ending at once on SIGTERM. bash handles a signal only between commands, so everything that takes time runs in the
# background while bash waits for it. Sourced after log.sh.

CHILD='' # the process that is waited for

end_on_signal() { trap end_at_once TERM INT; }

end_at_once() {
  end_child
  log 'ended by a signal'
  exit 143
}

end_child() { [ -z "$CHILD" ] || kill "$CHILD" 2>/dev/null || true; } # it may have just ended by itself

run() {
  "$@" <&0 & # explicit: otherwise a command in the background reads nothing
  CHILD=$!
  local status=0
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

pause() { run sleep "$1"; } # SECONDS between two attempts at something that depends on another node

yes_or_no() { if "$@"; then echo yes; else echo no; fi; } # COMMAND: a fact for a decision

# --- one server at a time on a volume ---
# After a forced deletion the new pod can start before the old one has ended, and PostgreSQL does not see a server that runs
# in another container. The server inherits the lock, which ends with the last of its processes.
lock_volume() {
  [ -z "${STREAMSET_LOCKED:-}" ] || return 0 # the parent process holds it
  exec 9<"$(dirname "$PGDATA")"
  if ! flock --nonblock 9; then
    log 'waiting for an earlier server on this volume to end'
    run flock 9 || return 1
  fi
  export STREAMSET_LOCKED=yes
}
