#!/usr/bin/env bash
# Init container: prepares the data directory for the server of this pod. It waits for the primary if necessary, and fails with
# a message where continuing could lose data.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
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
# shellcheck source=src/main/bash/facts/image.sh
source "$SCRIPTS/facts/image.sh"
# shellcheck source=src/main/bash/decisions/start.sh
source "$SCRIPTS/decisions/start.sh"
# shellcheck source=src/main/bash/actions/upstream.sh
source "$SCRIPTS/actions/upstream.sh"
# shellcheck source=src/main/bash/actions/slot.sh
source "$SCRIPTS/actions/slot.sh"
# shellcheck source=src/main/bash/actions/wal.sh
source "$SCRIPTS/actions/wal.sh"
# shellcheck source=src/main/bash/actions/create.sh
source "$SCRIPTS/actions/create.sh"
# shellcheck source=src/main/bash/tls/trial.sh
source "$SCRIPTS/tls/trial.sh"
# shellcheck source=src/main/bash/tls/certificate.sh
source "$SCRIPTS/tls/certificate.sh"

QUIET_CHECKS=3 # a second apart: a peer that is just restarting must be noticed

main() {
  end_on_signal
  check_image
  read_topology
  answer_within 2 # running peers answer at once, and the server here waits meanwhile
  lock_volume
  have_certificate
  remove_leftovers
  if has_data; then
    check_segment_size
    adopt_data_of_patroni
    keep_role
    settle_wal
  elif ! is_empty_folder "$PGDATA"; then
    fail "$PGDATA has files but no database in it (no PG_VERSION or no global/pg_control): neither used nor deleted" \
      "save the files that you need, then give this pod an empty volume: $(clone_again)"
  elif [ -n "$WALDIR" ] && ! is_empty_folder "$WALDIR"; then
    fail "the data volume is empty, but the volume for WAL has the WAL of a database ($WALDIR): neither used nor deleted" \
      "restore the data volume; if you do not need that database: $(discard "wal-$HOSTNAME")"
  elif is_declared; then
    initialize
  else
    clone
    check_segment_size
  fi
  mark_prepared
}

# The remains of interrupted operations. The data directory itself is never among them unless it is marked, because it appears
# by a rename.
remove_leftovers() {
  rm -rf "$PGDATA.clone" "$PGDATA.initdb" "$PGDATA".diverged-*.new
  mkdir -p "$(dirname "$PGDATA")"
  if is_worthless; then
    log 'the data here are incomplete: deleted'
    rm -rf "$PGDATA" ${WALDIR:+"$WALDIR"}
    sync "$(dirname "$PGDATA")"
    forget_worthless
  fi
}

# Patroni's last primary may be another than the declared one, and may have more. So nobody writes at once: what was a primary is
# read-only until all nodes have answered (see settle_former_primary), and a standby follows whoever has more.
adopt_data_of_patroni() {
  local was=primary host=${HOSTS[$PRIMARY]}
  [ "$(engine_of_the_data)" = patroni ] || return 0
  if ! is_unsettled; then
    if is_standby; then was=standby; fi
    mark_unsettled "$was" || fail 'it cannot be recorded that Patroni has run on these data'
  fi
  case $(unsettled_role) in
    primary)
      become_read_only
      log 'was a primary of Patroni: read-only, until all nodes have answered'
      ;;
    *)
      [ "$host" != "${HOSTS[$ORDINAL]}" ] || host=${HOSTS[ORDINAL == 0 ? 1 : 0]:-$host}
      set_upstream "$PGDATA" "$host"
      ;;
  esac
}

keep_role() {
  local data declared=${HOSTS[$PRIMARY]} overtaken=no host
  local -A further=([host]='')
  data=$(role_of_the_data)
  if [ "$data" = primary ] && is_declared; then
    if find_further_peer further; then overtaken=yes; fi
  fi
  case $(decide_start "$data" "$(yes_or_no is_declared)" "$overtaken") in
    stay-read-only) log 'former primary, read-only: data found' ;;
    follow-until-it-hands-over)
      host=$(upstream)
      log "standby of $host, although declared primary: data found"
      set_upstream "$PGDATA" "$host"
      ;;
    follow) follow_at_the_start "$declared" ;;
    become-read-only)
      become_read_only
      log "was the primary, but $declared is declared: read-only, to hand over to it"
      ;;
    become-read-only-overtaken)
      become_read_only
      log "was the primary, but ${further[host]} has gone on without it (timeline ${further[timeline]}): read-only"
      ;;
    write) log 'primary: data found' ;;
  esac
}

follow_at_the_start() { # DECLARED-HOST
  local host
  local -A declared
  host=$(upstream)
  if ask "$1" into declared && [ "${declared[role]}" = primary ]; then host=$1; fi
  refuse_foreign "$1" "${declared[system]}"
  keep_slot "$host"
  log "standby of $host: data found"
  set_upstream "$PGDATA" "$host"
}

refuse_foreign() { # HOST ITS-SYSTEM-IDENTIFIER, empty if it did not answer
  local own
  own=$(control_data 'Database system identifier') || fail 'the data here cannot be read'
  [ -z "$2" ] || [ "$2" = "$own" ] || fail "$(foreign "$own" "$1" "$2")" "$(foreign_remedy)"
}

# Sets NAME to the facts about a peer on a newer timeline than the data here, and its host. Returns false if no such peer answers.
find_further_peer() { # NAME
  local -n further_facts=$1
  local timeline index
  timeline=$(newest_timeline) || fail 'the data here cannot be read'
  for index in "${!HOSTS[@]}"; do
    if [ "$index" != "$ORDINAL" ] && ask "${HOSTS[$index]}" into further_facts; then
      refuse_foreign "${HOSTS[$index]}" "${further_facts[system]}"
      further_facts[host]=${HOSTS[$index]}
      ((further_facts[timeline] <= timeline)) || return 0
    fi
  done
  return 1
}

# Never beside a running cluster: an empty primary would cut its members off from their data.
initialize() {
  local check host
  for ((check = 1; check <= QUIET_CHECKS; check++)); do
    [ "$check" = 1 ] || [ "${#HOSTS[@]}" = 1 ] || pause 1
    for host in "${HOSTS[@]}"; do
      if [ "$host" != "${HOSTS[$ORDINAL]}" ] && answers "$host"; then
        fail "this volume is empty, but $host has a server: no new database is created beside a running cluster" \
          "restore this node's volume, or declare it lost and a node that has the data primary: pulumi config set streamset:primary <ordinal> && pulumi config set --path 'streamset:lost[$(count_lost_nodes)]' $ORDINAL && pulumi up"
      fi
    done
  done
  log 'primary: no data here, no server elsewhere; creating a new database'
  discard_new_wal
  run create_cluster --pgdata="$PGDATA.initdb" --username=postgres --encoding=UTF8 --data-checksums \
    --wal-segsize="$WAL_SEGMENT_MEGABYTES" ${WALDIR:+--waldir="$WALDIR.new"} \
    --auth-local=trust --auth-host=scram-sha-256 --pwfile="$PASSWORDS/postgres"
  appear "$PGDATA.initdb"
  log 'primary: new database ready'
}

clone() {
  local -A writer
  discard_new_wal
  until try_clone writer; do
    rm -rf "$PGDATA.clone"
    discard_new_wal
    pause 1
    have_certificate # which may have changed, and with it who signs those of the others
  done
  forget_promotion "$PGDATA.clone"
  touch "$PGDATA.clone/standby.signal"
  set_upstream "$PGDATA.clone" "${writer[host]}"
  appear "$PGDATA.clone"
  log "standby of ${writer[host]}: clone ready"
}

try_clone() { # NAME: set to the facts about the server that writes
  local -n cloned_facts=$1
  local primary=${HOSTS[$PRIMARY]} lacks='accept connections'
  if ! find_writer "$ORDINAL" into cloned_facts; then
    if accepts "$primary"; then lacks='write'; fi
    say_once "$primary" "waiting for $primary to $lacks"
    return 1
  fi
  if ! renew_slot "${cloned_facts[host]}" || ! attempt run base_backup "${cloned_facts[host]}"; then
    say_once "$primary" "waiting to clone from ${cloned_facts[host]}: $(complaint)"
    return 1
  fi
}

# Without a manifest, which nobody reads: the upstream would write it to a temporary file, and replicator cannot set
# temp_file_limit.
base_backup() { # HOST
  PGPASSWORD=$(password replicator) exec pg_basebackup --pgdata="$PGDATA.clone" \
    --dbname="$(conninfo "$1") options='$REPLICATION -c wal_sender_timeout=60s'" \
    --wal-method=stream --slot="$(own_slot)" ${WALDIR:+--waldir="$WALDIR.new"} --checkpoint=fast --no-manifest --no-password
}

# The data directory appears in one step, complete and on the disk.
appear() { # FOLDER
  link_wal "$1"
  sync "$1" # standby.signal too: without it a clone would be a second primary
  [ ! -d "$PGDATA" ] || rmdir "$PGDATA"
  mv "$1" "$PGDATA"
  sync "$(dirname "$PGDATA")"
  rename_new_wal
}

main
