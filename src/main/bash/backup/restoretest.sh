#!/usr/bin/env bash
# CronJob: restores the newest base backup on a volume of its own, with all WAL that the archive has, reads everything that is in it, and
# tells the primary's server how that went. Of the archive it only reads, and the server that it starts listens nowhere: it is no
# member of the cluster, and nobody can take it for one.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/shared/position.sh
source "$SCRIPTS/shared/position.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/facts/node_login.sh
source "$SCRIPTS/facts/node_login.sh"
# shellcheck source=src/main/bash/facts/peers.sh
source "$SCRIPTS/facts/peers.sh"
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/backup/tool.sh
source "$SCRIPTS/backup/tool.sh"
# shellcheck source=src/main/bash/backup/segments.sh
source "$SCRIPTS/backup/segments.sh"
# shellcheck source=src/main/bash/backup/record.sh
source "$SCRIPTS/backup/record.sh"
# shellcheck source=src/main/bash/backup/recover.sh
source "$SCRIPTS/backup/recover.sh"
# shellcheck source=src/main/bash/backup/check.sh
source "$SCRIPTS/backup/check.sh"

POSTGRES_MAJOR=${POSTGRES_MAJOR:?}
TELL_SECONDS=300 # for a primary that is being replaced

FAILED=''

main() {
  local found last
  end_on_signal
  answer_within 10
  read_topology
  refuse_without_tools streamset:backup.image streamset:backup.secretName
  checker_is_there || fail 'this image has no pg_amcheck' 'set another one in streamset:backup.image; images/pgbackrest/Dockerfile makes it'
  refuse_gaps
  last=$(last_segment)
  restore_base latest '' '' || fail "the newest base backup cannot be restored: $(tool_complaint)"
  log "restored after $SECONDS s"
  start_recovery || fail "the backup is restored, but cannot be recovered: $RECOVERY_FAULT"
  log "recovered after $SECONDS s"
  refuse_early_end "$last"
  check_all || fail "what is restored is damaged: $CHECK_FAULT"
  found=$(what_is_there) || fail "the restored server does not answer: $(complaint)"
  end_recovery
  tell '' || fail "the restore test has succeeded, but that is not recorded: $(complaint)"
  log "restoretest: all is there, in $SECONDS s: $found"
}

# Instead of the function in log.sh: the primary's server is told, too.
fail() { # FACT [REMEDY]
  log "$1"
  [ $# -lt 2 ] || advise "$2"
  if [ -z "$FAILED" ] && [ -n "$PRIMARY" ]; then
    FAILED=yes
    tell "$1" || log "that is not recorded: $(complaint)"
  fi
  exit 1
}

# A recovery ends where the next WAL is missing, and nothing looks wrong then.
refuse_gaps() {
  local since backed_up first last
  newest_backup since backed_up || fail "the archive cannot be read: $(tool_complaint)"
  [ -n "$since" ] || fail 'the archive has no base backup'
  list_wal "$since" || fail "the archive cannot be read: $(tool_complaint)"
  take_segments
  ! find_gap "$since" "${NEWEST:-$since}" first last ||
    fail "the archive has no WAL from $first to $last: nothing after that can be restored until the next base backup"
  log "the newest base backup is of $(date -u -d "@$backed_up" '+%Y-%m-%d %H:%M:%S+00'), and the archive has WAL up to ${NEWEST:-its end}"
}

# It looks no different where a file of WAL cannot be read as such.
refuse_early_end() { # SEGMENT
  local histories=("$RESTORED"/pg_wal/*.history) position
  [ -n "$1" ] || return 0
  position=$(search -E '^[0-9]+' "${histories[-1]}" | tail -n 1 | cut -f 2) || position=0/0
  reaches_into "$position" "$1" ||
    fail "the recovery ended at $position, and the archive has WAL up to $1: what follows there is no WAL that can be read"
}

tell() { # FAULT-OR-NOTHING
  local sql deadline=$((SECONDS + TELL_SECONDS))
  local -A writer
  sql=$(record_sql restoretest "$1" '') || return 1
  until find_writer "${#HOSTS[@]}" into writer && query "${writer[host]}" "$ASK_SECONDS" <<<"$sql"; do
    ((SECONDS < deadline)) || return 1
    say_once writer "waiting for a server that writes: $(complaint)"
    pause 2
    read_topology # another one may have become the primary
  done
}

main
