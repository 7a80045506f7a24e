#!/usr/bin/env bash
# Marks the archive as this cluster's, whoever's it is. For kubectl exec in the container of an archiver, by somebody who knows that no other
# cluster writes to it any more.
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
# shellcheck source=src/main/bash/backup/tool.sh
source "$SCRIPTS/backup/tool.sh"
# shellcheck source=src/main/bash/backup/owner.sh
source "$SCRIPTS/backup/owner.sh"

main() {
  end_on_signal
  keep_answers_apart "takeover.$$"
  read_owner || log "whose the archive is cannot be read: $(tool_complaint)"
  write_owner || fail "the archive cannot be marked: $(tool_complaint)"
  log "the archive is that of $(own_name) now; before, it was that of ${OWNER:-nobody}"
  rm -f "$ANSWER" "$COMPLAINT"
}

main
