#!/usr/bin/env bash
# archive_command of the server, in its container: true when this finished file of WAL is in the archive. The sidecar brings it there
# (archiver.sh) and has the credentials; both share a folder. It runs as a child of the server, with the data directory as its own.
#
# When more files wait than the WAL budget has room for, the server is told that they are archived: pg_wal keeps its bound, and the
# sidecar brings them to the archive as long as they are there. What is recycled before it can is a gap, until the next base backup.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/backup/spool.sh
source "$SCRIPTS/backup/spool.sh"

FILE=${1##*/}
SEGMENTS=$2 # so many may wait

WAIT_SECONDS=10 # then the server hears that it is not archived, and asks again
LOOK_SECONDS=0.05

main() {
  local waiting
  exec 3>&2 # the server's log
  while true; do
    if is_suspended || is_archived "$FILE"; then exit 0; fi
    count_waiting pg_wal waiting # without a process, of which there would be many
    if ((waiting > SEGMENTS)); then
      suspend "$FILE"
      log "more than $SEGMENTS files of WAL wait for the archive, and pg_wal must not outgrow its budget: the server does not wait any more. What pg_wal drops before the archive has it cannot be restored to. $(last_error)"
      exit 0
    elif server_stops; then
      # as if by a signal: the server ends at once instead of asking again, and the sidecar goes on
      exit 143
    elif ((SECONDS >= WAIT_SECONDS)); then
      log "$FILE is not archived yet: $(last_error)"
      exit 1
    fi
    look_again_in "$LOOK_SECONDS"
  done
}

server_stops() { # as it says of itself
  local lines
  mapfile -t lines <postmaster.pid 2>/dev/null || return 0
  [[ ${lines[7]:-} == stopping* ]]
}

main
