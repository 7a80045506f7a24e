# shellcheck shell=bash
# Querying servers for their role and position. The caller names the variable that receives the answer:
#   local -A peer=()
#   ask "$host" into peer
# Sourced after topology.sh, sql.sh and position.sh.

ASK_SECONDS=5

answer_within() { ASK_SECONDS=$1; }

# The timeline of a standby is the newest one that it has any WAL of; without a connection only the names of its WAL files
# show it. A standby has what it has received. Once it waits for more, it has what it has replayed: an incomplete record at the
# end does not count.
IDENTITY_SQL="
SELECT system_identifier,
       CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'primary' END,
       CASE WHEN pg_is_in_recovery() THEN greatest(
              (SELECT timeline_id FROM pg_control_checkpoint()),
              (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
              (SELECT max(('x' || substr(name, 1, 8))::bit(32)::int) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'))
            ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END,
       CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_flush_lsn()
            WHEN waits THEN pg_last_wal_replay_lsn()
            ELSE greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) END,
       CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END,
       waits,
       current_setting('recovery_min_apply_delay'),
       coalesce(current_setting('streamset.pod', true), '')
  FROM pg_control_system(),
       (SELECT count(*) > 0 AS waits FROM pg_stat_activity
         WHERE backend_type = 'startup' AND wait_event IN ('RecoveryWalStream', 'RecoveryRetrieveRetryInterval')) AS startup;
"

# Any other text counts as no answer: the parts are compared as numbers, so they must be numbers.
IDENTITY_PATTERN="^([0-9]+)\|(primary|standby)\|([0-9]+)\|($POSITION_PATTERN)\|($POSITION_PATTERN)\|([tf])\|([0-9]+[a-z]*)\|([A-Za-z0-9]{0,64})$"

# Sets NAME to the facts about the server on the host: its system (identifier), role (primary or standby), timeline, the
# positions up to which it has and has replayed WAL, whether it waits for more (t or f), its replay delay (0 or a time), and the
# digest of the template that its pod was created from.
# Returns false if the server does not answer; then all facts are empty.
ask() { # HOST into NAME
  local -n asked_facts=$3
  local line=''
  asked_facts=([system]='' [role]='' [timeline]='' [has]='' [replayed]='' [waits]='' [late]='' [pod]='')
  query "$1" "$ASK_SECONDS" <<<"$IDENTITY_SQL" && read -r line <"$ANSWER" && [[ $line =~ $IDENTITY_PATTERN ]] || return 1
  asked_facts=([system]="${BASH_REMATCH[1]}" [role]="${BASH_REMATCH[2]}" [timeline]="${BASH_REMATCH[3]}"
    [has]="${BASH_REMATCH[4]}" [replayed]="${BASH_REMATCH[5]}" [waits]="${BASH_REMATCH[6]}" [late]="${BASH_REMATCH[7]}"
    [pod]="${BASH_REMATCH[8]}")
  [ -n "${asked_facts[role]}" ]
}

# Sets NAME to the facts about the server that writes and to its host; the node with this ordinal is left out. It is nearly
# always the declared primary, which also counts if it accepts connections but cannot be queried. Returns false if no server
# writes.
find_writer() { # ORDINAL into NAME
  local -n found_writer=$3
  local host
  for host in "${HOSTS[$PRIMARY]}" "${HOSTS[@]}"; do
    if [ "$host" = "${HOSTS[$1]:-}" ]; then
      continue
    elif ask "$host" into found_writer; then
      found_writer[host]=$host
      [ "${found_writer[role]}" != primary ] || return 0
    elif [ "$host" = "${HOSTS[$PRIMARY]}" ] && accepts "$host"; then
      found_writer[host]=$host
      return 0
    fi
  done
  return 1
}
