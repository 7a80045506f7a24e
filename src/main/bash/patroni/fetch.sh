#!/usr/bin/env bash
# restore_command of servers whose failover is automatic: FILE and where it is to be put. Patroni keeps a standby waiting for WAL that no
# server has any more, for ever; the archive has it.
#
# A promotion runs this too, and waits for it. So the answer is no, within milliseconds, unless the server has asked for the same segment
# again and again for longer than any failover takes. Even then it waits a second at most: what the sidecar brings later is there when
# the server asks again.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/backup/spool.sh
source "$SCRIPTS/backup/spool.sh"

FILE=$1
TARGET=$2

PATIENCE_SECONDS=60
PAUSE_SECONDS=30 # the server asks every 5 s (wal_retrieve_retry_interval); after a longer pause it has had what it asked for
LIMIT_SECONDS=1
LOOK_SECONDS=0.05

main() {
  local now=$EPOCHSECONDS
  has_archive && is_missed "$now" || exit 1
  is_wanted "$FILE" || has_come "$FILE" || ask_for_it
  until has_come "$FILE"; do
    if is_absent "$FILE"; then
      [[ ! $FILE =~ $SEGMENT ]] || forget_missed # what follows, a server has
      exit 1
    fi
    ((EPOCHSECONDS - now <= LIMIT_SECONDS)) || exit 1
    look_again_in "$LOOK_SECONDS"
  done
  take "$FILE" "$TARGET"
  [[ ! $FILE =~ $SEGMENT ]] || miss_the_next "$now"
}

ask_for_it() {
  forget_absent "$FILE"
  want "$FILE"
}

SEGMENT='^[0-9A-F]{24}$'
MISSED='^(any|[0-9A-F]{16}) ([1-9][0-9]{0,11}) ([1-9][0-9]{0,11})$'

# A file says since when a segment has been missed, on whichever timeline, and when it was asked for last. Other files, such as the
# history of a timeline, matter only beside one.
is_missed() { # NOW
  local line='' place since=$1 missed=''
  read -r line 2>/dev/null <"$SPOOL/missed" || true
  if [[ $line =~ $MISSED ]] && (($1 - BASH_REMATCH[3] <= PAUSE_SECONDS)); then
    missed=${BASH_REMATCH[1]}
    since=${BASH_REMATCH[2]}
  fi
  if [[ $FILE =~ $SEGMENT ]]; then
    place=${FILE:8}
    case $missed in
      "$place" | any) ;;
      *) since=$1 ;;
    esac
    write_in_the_spool missed "$place $since $1" || return 1
  elif [ -z "$missed" ]; then
    return 1
  fi
  (($1 - since >= PATIENCE_SECONDS))
}

miss_the_next() { # NOW
  write_in_the_spool missed "any $(($1 - PATIENCE_SECONDS)) $1"
}

forget_missed() { rm -f "$SPOOL/missed"; }

main
