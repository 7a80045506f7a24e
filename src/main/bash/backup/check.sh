# shellcheck shell=bash
# Reading everything that a restored server has. Sourced after recover.sh.

# shellcheck disable=SC2034  # whoever sources this uses it
CHECK_FAULT=''
CHECK_JOBS=2 # reading waits for the volume most of the time

checker_is_there() { type -P pg_amcheck >/dev/null; }

# Every table, and every index with all that it has to have of its table. The extension for it goes into the copy alone. A database that
# cannot have it, or lets nobody in, is left out, and that is said.
check_all() {
  local status=0
  attempt run env PGOPTIONS="$SUPERUSER" pg_amcheck --all --install-missing --heapallindexed --jobs="$CHECK_JOBS" \
    --host="$RECOVERY_SOCKETS" --port="$PORT" --username=postgres --no-password || status=$?
  search 'warning: skipping database' "$COMPLAINT" | sed 's/^.*warning: //' | printable >&3 || true
  [ "$status" != 0 ] || return 0
  head -n 20 "$ANSWER" | printable >&3
  # one line: which relation, and after the colon what is wrong with it
  CHECK_FAULT=$(head -n 2 "$ANSWER" | tr '\n' ' ' | tr -s ' ' | printable)
  CHECK_FAULT=${CHECK_FAULT:-"pg_amcheck ended with $status: $(complaint)"}
  return 1
}

# In words.
what_is_there() {
  ask_recovered "SELECT count(*) || ' databases with ' || pg_size_pretty(sum(pg_database_size(oid))) ||
    coalesce(', the last commit of ' || to_char(pg_last_xact_replay_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS+00'), '')
    FROM pg_database WHERE datallowconn" || return 1
  answer
}
