# shellcheck shell=bash disable=SC2034,SC2153 # the scripts share what is set here, and set it
# Asking servers who they are and how far they have come. Sourced by init.sh, start.sh and handover.sh.

ASK_SECONDS=5
PROMOTE_SECONDS=40 # more than pg_promote itself waits
SELF=${PGHOST:-/var/run/postgresql} # the server of this pod, through its socket

# The timeline of a standby is the newest that it has anything of, which without a connection only the names of its WAL
# files tell. It has what it has received; when it waits for more, what it has replayed, because half a record at the end
# is of no use to anybody.
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
       waits
  FROM pg_control_system(),
       (SELECT count(*) > 0 AS waits FROM pg_stat_activity
         WHERE backend_type = 'startup' AND wait_event IN ('RecoveryWalStream', 'RecoveryRetrieveRetryInterval')) AS startup;
"

# Of the server that was asked last: system identifier, primary or standby, timeline, how much it has and has replayed, and
# whether it has replayed all and waits for more.
SYSTEM='' ROLE='' TIMELINE='' HAS='' REPLAYED='' WAITS=''

ask() { # the server on this host; false when it does not answer
  SYSTEM='' ROLE='' TIMELINE='' HAS='' REPLAYED='' WAITS=''
  run superuser "$1" "$ASK_SECONDS" <<<"$IDENTITY_SQL" >"$ANSWER" 2>"$COMPLAINT" &&
    IFS='|' read -r SYSTEM ROLE TIMELINE HAS REPLAYED WAITS <"$ANSWER"
}

# WRITER becomes the server that writes, apart from the one on this node: nearly always that of the declared primary, which
# also counts when it cannot be asked.
WRITER=''
find_writer() {
  local declared=${HOSTS[$PRIMARY]} host
  for host in "$declared" "${HOSTS[@]}"; do
    WRITER=$host
    if [ "$host" = "${HOSTS[$ORDINAL]:-}" ]; then
      continue
    elif ask "$host"; then
      [ "$ROLE" != primary ] || return 0
    elif [ "$host" = "$declared" ] && accepts "$host"; then
      return 0
    fi
  done
  return 1
}

position() { printf '%d' "$(((16#${1%/*} << 32) + 16#${1#*/}))"; } # a place in the WAL as a number of bytes

# FORK becomes the place at which a server left a timeline for the one that it is on, nothing when it never was on it; false
# when it does not tell.
FORK=''
find_fork() { # HOST TIMELINE-OF-THE-HOST TIMELINE
  local history
  FORK=''
  history=$(printf 'pg_wal/%08X.history' "$2")
  run superuser "$1" "$ASK_SECONDS" <<<"SELECT pg_read_file('$history')" >"$ANSWER" 2>"$COMPLAINT" || return 1
  FORK=$(awk -v timeline="$3" '$1 == timeline { print $2 }' "$ANSWER")
}

# Ends only when the server on the host writes, or cannot be made to.
promote() {
  run superuser "$1" "$PROMOTE_SECONDS" <<<'SELECT pg_promote(true, 30)' >"$ANSWER" 2>"$COMPLAINT" ||
    log "$1 was told to write: $(complaint)"
  ask "$1" && [ "$ROLE" = primary ]
}
