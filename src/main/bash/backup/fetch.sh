#!/usr/bin/env bash
# restore_command of a standby that needs WAL which its upstream no longer has (see actions/fetch.sh): FILE and where it is to be put.
# It runs in the server's container, which cannot reach the archive: it asks the sidecar, and takes the file from the folder that both
# share. Whatever does not come in time looks to the server as if the archive did not have it: it asks its upstream, and then again.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/backup/spool.sh
source "$SCRIPTS/backup/spool.sh"

FILE=$1
TARGET=$2

LIMIT_SECONDS=20 # a promotion waits for this too
LOOK_SECONDS=0.05

main() {
  forget_absent "$FILE"
  want "$FILE"
  while ! has_come "$FILE"; do
    if is_absent "$FILE" || ((SECONDS >= LIMIT_SECONDS)); then
      want_no_more "$FILE"
      exit 1
    fi
    look_again_in "$LOOK_SECONDS"
  done
  take "$FILE" "$TARGET"
}

main
