#!/usr/bin/env bash
# Init container of a cluster that begins with a backup: restores it on the empty volume of the declared primary, beside the place of
# the data, and recovers it there to what is declared. The data appear when that is done, by a rename, as those of a cluster that was
# shut down; nothing of the archive they come from is left in them. With data on the volume it does nothing.
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
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/backup/tool.sh
source "$SCRIPTS/backup/tool.sh"
# shellcheck source=src/main/bash/backup/recover.sh
source "$SCRIPTS/backup/recover.sh"

POSTGRES_MAJOR=${POSTGRES_MAJOR:?}
RESTORE_TYPE=${RESTORE_TYPE:?}     # time, lsn, name or latest
RESTORE_TARGET=${RESTORE_TARGET:-} # nothing for latest

main() {
  end_on_signal
  read_topology
  if ! is_empty_folder "$PGDATA"; then
    log 'there are data on this volume: nothing is restored'
    exit 0
  elif ! is_declared; then
    log "standby: clones from ${HOSTS[$PRIMARY]}, nothing is restored here"
    exit 0
  fi
  refuse_without_tools streamset:restore.image streamset:restore.from.secretName
  lock_volume
  refuse_beside_others
  restore_and_recover
  refuse_beside_others # pods start side by side, and one that has data may have taken as long as this
  appear
}

# An empty primary with other data would cut the members of a living cluster off from theirs.
refuse_beside_others() {
  local host
  for host in "${HOSTS[@]}"; do
    if [ "$host" != "${HOSTS[$ORDINAL]}" ] && answers "$host"; then
      fail "this volume is empty, but $host has a server: nothing is restored beside a running cluster" \
        "restore into another namespace or under another streamset:name; docs/backup.md says how to replace this cluster"
    fi
  done
}

# A named point can be before the newest base backup, and the tool does not know: then older ones are tried.
restore_and_recover() {
  local labels=('') label
  if [ "$RESTORE_TYPE" = name ]; then
    read_backups || fail "the archive cannot be read: $(tool_complaint)"
    mapfile -t labels < <(labels_of_backups | sort -r)
  fi
  for label in "${labels[@]}"; do
    restore_base "$RESTORE_TYPE" "$RESTORE_TARGET" "$label" || fail "nothing can be restored: $(tool_complaint)" "what can be restored: $(restorable)"
    if recover; then return 0; fi
    [ "$RECOVERY_ENDED_EARLY" = yes ] || fail "the backup is restored, but cannot be recovered: $RECOVERY_FAULT"
  done
  fail "the archive does not reach what streamset:restore.$RESTORE_TYPE says ($RESTORE_TARGET): $RECOVERY_FAULT" \
    "what can be restored: $(restorable)"
}

recover() {
  start_recovery || return 1
  end_recovery
  forget_recovery
}

appear() {
  rm -f "$RESTORED"/streamset.* "$RESTORED"/*.passfile # what nodes of the other cluster knew
  PGDATA=$RESTORED mark_restored || fail 'the restored data cannot be written to the disk'
  sync -f "$RESTORED" || fail 'the restored data cannot be written to the disk'
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv -T "$RESTORED" "$PGDATA"
  sync "$(dirname "$PGDATA")"
  log 'restored'
}

main
