#!/usr/bin/env bash
# restore_command of the server that recovers a backup, in the container that restores it: FILE and where it is to be put. 1 says that
# the archive does not have it. Whatever else goes wrong must not look like the end of the archive, because the server would then stop
# recovering too early: an exit code above 125 ends it.
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

LIMIT_SECONDS=120 # for an archive that is away
NO_ANSWER=200

main() {
  local status
  exec 3>&2 # the server's log
  end_on_signal
  keep_answers_apart get
  while true; do
    status=0
    get_wal "$PWD" "$1" "$PWD/$2" || status=$?
    case $status in
      0) exit 0 ;;
      "$NOT_IN_THE_ARCHIVE") exit 1 ;;
    esac
    log "$1 cannot be read from the archive: $(tool_complaint)"
    ((SECONDS < LIMIT_SECONDS)) || exit "$NO_ANSWER"
    pause 2
  done
}

main "$@"
