#!/usr/bin/env bash
# Tells what can be restored: for each base backup from when on, and how far the WAL goes that belongs to it. For kubectl exec, in any
# container with the archiver's environment.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/backup/tool.sh
source "$SCRIPTS/backup/tool.sh"
# shellcheck source=src/main/bash/backup/segments.sh
source "$SCRIPTS/backup/segments.sh"

OF_A_POINT="$OF_A_BACKUP.*\"label\":\"([^\"]+)\".*\"timestamp\":\\{\"start\":[0-9]+,\"stop\":([0-9]+)\\},\"type\":\"([a-z]+)\""

main() {
  local backups=() line
  end_on_signal
  keep_answers_apart "points.$$"
  read_backups || fail "the archive cannot be read: $(tool_complaint)"
  # one backup a line
  mapfile -t backups < <(sed 's/{"archive":{"start"/\n&/g' "$ANSWER" | search -E "^.$OF_A_POINT" || true)
  if [ "${#backups[@]}" = 0 ]; then
    echo 'nothing can be restored: the archive has no base backup'
    exit 0
  fi
  [[ ${backups[0]} =~ $OF_A_POINT ]] || fail 'the archive cannot be read: its base backups are told in another way'
  list_wal "${BASH_REMATCH[1]}" || fail "the archive cannot be read: $(tool_complaint)"
  take_segments
  rm -f "$ANSWER" "$COMPLAINT"
  for line in "${backups[@]}"; do
    [[ $line =~ $OF_A_POINT ]] && tell "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}" "${BASH_REMATCH[4]}"
  done
}

tell() { # SEGMENT LABEL SECONDS TYPE
  local first last end="all that is archived, up to ${NEWEST:-the end of the base backup}"
  ! find_gap "$1" "${NEWEST:-$1}" first last || end="before the gap in WAL from $first to $last"
  printf 'from %s to %s (base backup %s, %s)\n' "$(date -u -d "@$3" '+%Y-%m-%d %H:%M:%S+00')" "$end" "$2" "$4"
}

main
