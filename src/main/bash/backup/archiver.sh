#!/usr/bin/env bash
# Sidecar of the server: brings finished WAL to the archive, whatever the server's role, and also when it does not run; beside the
# server that writes it makes base backups too. It only reads the data.
#
# It never ends because of the archive: a pod with a container that does not run is not ready, and gets no connections.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/markers.sh
source "$SCRIPTS/shared/markers.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/backup/spool.sh
source "$SCRIPTS/backup/spool.sh"
# shellcheck source=src/main/bash/backup/tool.sh
source "$SCRIPTS/backup/tool.sh"
# shellcheck source=src/main/bash/backup/owner.sh
source "$SCRIPTS/backup/owner.sh"
# shellcheck source=src/main/bash/backup/record.sh
source "$SCRIPTS/backup/record.sh"
# shellcheck source=src/main/bash/backup/known.sh
source "$SCRIPTS/backup/known.sh"
# shellcheck source=src/main/bash/backup/segments.sh
source "$SCRIPTS/backup/segments.sh"
# shellcheck source=src/main/bash/backup/push.sh
source "$SCRIPTS/backup/push.sh"
# shellcheck source=src/main/bash/backup/base.sh
source "$SCRIPTS/backup/base.sh"

LOOK_SECONDS=0.2
RETRY_SECONDS=2 # after the archive has not answered
END_SECONDS=5   # for each file of WAL, after the pod was told to end

ENDING=''
ROLE=''    # primary as soon as the archive is ready for the server that writes here
CONF=''    # says where that archive is
NEXT_TRY=0 # in seconds after the start of this process

main() {
  # The server ends at the same time, and its last WAL comes after that.
  trap 'ENDING=yes TOOL_SECONDS=$END_SECONDS' TERM INT
  tool_is_there || fail 'this image has no pgbackrest' \
    'set another one in streamset:backup.image; images/pgbackrest/Dockerfile makes it'
  await_secret
  forget_error
  while [ -z "$ENDING" ] || server_is_there; do
    push_ready || pause_after_trouble
    fetch_wanted || pause_after_trouble
    if is_suspended; then catch_up || pause_after_trouble; fi
    follow_role || pause_after_trouble
    keep_base_backups || true
    keep_records
    look_again_in "$LOOK_SECONDS"
  done
  push_the_last
}

# A Secret that lacks something ends the first archiver of a pod: then an update goes no further. Later the pod has connections, which a
# container that does not run would take away.
await_secret() {
  local faults fact
  while true; do
    faults=$(secret_faults)
    [ -n "$faults" ] || break
    fact="the Secret of streamset:backup.secretName lacks $faults"
    has_begun || fail "$fact" "add what lacks to it, then: $(kubectl_delete_pod)"
    keep_error "$fact" || true
    say_once secret "$fact" 'add what lacks to it'
    [ -z "$ENDING" ] || exit 0
    look_again_in "$RETRY_SECONDS"
  done
  mark_begun
}

# Instead of the function in spool.sh: a signal that comes while bash reads can leave it there for ever, without the time limit.
look_again_in() { # SECONDS
  sleep "$1" &
  wait $! || true
}

# Instead of the function in process.sh: a signal does not end what runs, but bounds it.
run() {
  local status=0 limit
  "$@" <&0 &
  CHILD=$!
  wait "$CHILD" || status=$?
  if [ -n "$ENDING" ] && kill -0 "$CHILD" 2>/dev/null; then
    limit=$((SECONDS + END_SECONDS))
    while ((SECONDS < limit)) && kill -0 "$CHILD" 2>/dev/null; do look_again_in "$LOOK_SECONDS"; done
    end_child
    status=0
    wait "$CHILD" || status=$?
  fi
  CHILD=''
  return "$status"
}

kubectl_delete_pod() { printf 'kubectl delete pod %s' "$HOSTNAME"; }

# Nothing else is tried meanwhile, but the end of the server is noticed.
pause_after_trouble() {
  local limit=$((SECONDS + RETRY_SECONDS))
  while ((SECONDS < limit)) && [ -z "$ENDING" ]; do look_again_in "$LOOK_SECONDS"; done
}

server_is_there() { [ -e "$PGDATA/postmaster.pid" ]; }

# As it says of itself. A standby that answers queries says the same.
server_writes() {
  local lines=()
  [ ! -e "$PGDATA/standby.signal" ] || return 1
  mapfile -t lines 2>/dev/null <"$PGDATA/postmaster.pid" || return 1
  [[ ${lines[7]:-} == ready* ]]
}

# The archive has a place for this database, is this cluster's, and has everything that only this node still has of the WAL before its
# promotion.
follow_role() {
  local conf
  archive_conf conf || return 1
  if ! server_writes; then
    ROLE=''
    know_nothing
    return 0
  fi
  know_queue
  if [ "$ROLE" != primary ] || [ "$CONF" != "$conf" ]; then
    ((SECONDS >= NEXT_TRY)) || return 0
    ROLE=''
    [ "$CONF" = "$conf" ] || know_nothing
    CONF=$conf
    NEXT_TRY=$((SECONDS + RETRY_SECONDS))
    open_archive && claim_archive || trouble 'the archive cannot be used' || return 1
    compare_with_archive || return 1
    ROLE=primary
    forget_error
    log 'the server here writes: its WAL is archived'
  fi
}

know_queue() {
  if is_suspended; then
    know queue 'more waits for the archive than pg_wal has room for: the server does not wait any more' ''
  else
    know queue '' ''
  fi
}

# Nobody waits for an archive that is away: the next start goes on.
push_the_last() {
  if ! has_error && push_ready; then
    log 'ended: the archive has all WAL that is here'
  else
    log "ended before the archive has all WAL that is here: $(last_error)"
  fi
}

main
