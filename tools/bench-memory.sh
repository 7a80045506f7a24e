#!/usr/bin/env bash
# Tests the memory budget: PostgreSQL in a pod at its limit, as many clients as it admits, each with a query that needs more
# than work_mem, all of them keeping their memory at the same time, autovacuum's workers with all the dead rows that they can
# remember. Nothing may be killed, and the peak may not exceed the worst case that the program prints.
# To show that the bench can fail, the last case gives the clients 20 times the work_mem: that must end with a kill.
#
#   tools/bench-memory.sh                    all cases
#   tools/bench-memory.sh 512Mi:18:1 ...     these: memory, PostgreSQL's major, replicas, and perhaps
#                                            :parallel (queries get two parallel workers) or :forced (the counter-example)
#
# On the testbed only: the peak is read from the machine's control groups (version 1). Exit code 1 when a case fails.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$tools")
# shellcheck source=progress.sh
. "$tools/progress.sh"

CASES=(256Mi:18:1 512Mi:18:1 1Gi:18:1 1Gi:18:1:parallel 256Mi:15:1 512Mi:15:1 512Mi:18:3 512Mi:18:1:forced)
CPU=600m                # three pods fit two cores
FORCE=20                # the counter-example's work_mem, in multiples of the computed one
NAMESPACE=streamset-memory
VOLUME=8Gi              # temporary files of all clients at once
VACUUM_SECONDS=300      # until each worker of autovacuum has read its table
HOLD_SECONDS=900        # until the last client has sorted, on two cores with other work
FILL_TABLES=50          # in the caches of a session; together as large as shared_buffers
DEAD_ROW_BYTES=6        # what autovacuum remembers of a dead row before PostgreSQL 17
FEW_DEAD_ROWS=1000000   # from 17 on it needs almost no memory
INPUT_ROW_BYTES=64      # of a row of the sorted table, in memory
INPUT_MULTIPLE=6        # of what a hash may hold: a query is up to three processes, and each gets twice that
STATE=$repository/target/bench-memory
TESTBED_STATE=$repository/testbed/.state
CGROUPS=/sys/fs/cgroup/memory
CONTEXT=streamset-testbed
POD=postgresql-sfs-0
export KUBECONFIG=$TESTBED_STATE/kubeconfig PATH=$TESTBED_STATE/bin:$PATH

main() {
  [ -e "$CGROUPS/memory.stat" ] || die "no control groups of version 1 below $CGROUPS, so the peak cannot be read"
  [ "$#" -gt 0 ] || set -- "${CASES[@]}"
  mkdir -p "$STATE"
  step 'starting the testbed' "$STATE/testbed.log" "$repository/testbed/up.sh"
  local wanted results=() failed=0
  for wanted in "$@"; do
    bench "$wanted"
    say "$wanted: ${RESULT##*  } (at the peak $(<"$STATE/peak.parts"))"
    results+=("$RESULT")
    [[ $RESULT = *' ok' ]] || failed=1
  done
  forget
  printf '\n%-7s %-6s %-9s %-9s %-12s %-9s %-11s %-8s %s\n' \
    memory major replicas variant connections work_mem 'worst case' peak verdict
  printf '%s\n' "${results[@]}"
  return "$failed"
}

# bench MEMORY:MAJOR:REPLICAS[:VARIANT]: sets RESULT, a line of the table
bench() {
  local memory major replicas variant work_mem connections worst peak forced=''
  IFS=: read -r memory major replicas variant <<<"$1"
  forget
  step "$1: deploying" "$STATE/deploy.log" deploy "$memory" "$major" "$replicas" "$variant"
  step "$1: filling tables" "$STATE/fill.log" fill
  worst=$(worst_case)
  work_mem=$(setting work_mem)
  connections=$(setting max_connections)
  [ "$variant" != forced ] || forced=$((work_mem * FORCE))kB
  step "$1: measuring" "$STATE/measure.log" measure "$forced"
  peak=$(<"$STATE/peak")
  RESULT=$(printf '%-7s %-6s %-9s %-9s %-12s %-9s %-11s %-8s %s' "$memory" "$major" "$replicas" "$variant" "$connections" \
    "${work_mem}kB" "$worst MB" "$peak MB" "$(verdict "$forced" "$(<"$STATE/kills")" "$(<"$STATE/held")" "$peak" "$worst")")
}

# measure [WORK_MEM]: leaves peak (MB), kills and held (yes, or nothing when a client was gone too early) as files
measure() {
  local query held=yes
  sample "$STATE/peak" &
  occupy
  for query in sort hash; do
    echo "all clients $query"
    hold "$query" "$1" || { held='' && break; }
  done
  kills >"$STATE/kills"
  echo "$held" >"$STATE/held"
  jobs -p | xargs -r kill 2>/dev/null || : # the gate, the sampler, and clients that wait for a dead server
  wait
}

deploy() {
  local memory=$1 major=$2 replicas=$3 variant=$4
  # nothing that takes memory: autovacuum does not wait
  local parameters=(autovacuum_naptime=1s autovacuum_vacuum_cost_delay=0ms)
  [ "$variant" != parallel ] || parameters+=(max_parallel_workers=2 max_parallel_workers_per_gather=2)
  TESTBED_VOLUMES=$replicas TESTBED_VOLUME_SIZE=$VOLUME "$repository/testbed/volumes.sh"
  "$tools/deploy.sh" "$STATE" dev "$CONTEXT" "streamset:namespace=$NAMESPACE" "streamset:version=$major" \
    "streamset:replicas=$replicas" "streamset:resources.cpu=$CPU" "streamset:resources.memory=$memory" \
    "streamset:storage.size=$VOLUME" "${parameters[@]/#/streamset:parameters.}"
}

# The sum at the end of the program's own explanation, in MB.
worst_case() {
  (cd "$STATE/project" && java -cp target/streamset.jar streamset.review.Explain dev) | awk '/ = the worst case/ { print $1 }'
}

kubectl() { command kubectl --context "$CONTEXT" -n "$NAMESPACE" "$@"; }

pod() { kubectl get pod "$POD" -o "jsonpath={$1}"; }

# From outside of the pod, so that only the server is measured.
psql_on_pod() {
  PGHOST=$(<"$STATE/address") PGPASSWORD=$(<"$STATE/postgres") psql -XqAt -v ON_ERROR_STOP=1 -U postgres "$@"
}

setting() { psql_on_pod -c "SELECT setting FROM pg_settings WHERE name = '$1'"; }

fill() {
  pod .status.podIP >"$STATE/address"
  psql_on_pod -v tables="$FILL_TABLES" -v few="$FEW_DEAD_ROWS" -v dead_row="$DEAD_ROW_BYTES" \
    -v input_row="$INPUT_ROW_BYTES" -v multiple="$INPUT_MULTIPLE" <<'SQL'
-- setting of pg_settings, in bytes
CREATE FUNCTION bytes(name text) RETURNS bigint LANGUAGE sql AS
  $$ SELECT pg_size_bytes(current_setting(name)) $$;

-- One for each worker of autovacuum, all rows but one dead: more than it can remember.
SELECT greatest(CASE WHEN current_setting('server_version_num')::int < 170000
    THEN bytes('maintenance_work_mem') / :dead_row * 11 / 10 END, :few) AS dead_rows,
  current_setting('autovacuum_max_workers') AS workers \gset
SELECT format('CREATE TABLE dead_%s (i int) WITH (autovacuum_enabled = off)', n),
  format('INSERT INTO dead_%s SELECT generate_series(1, %s)', n, :dead_rows),
  format('CREATE INDEX ON dead_%s (i)', n),
  format('DELETE FROM dead_%s WHERE i > 1', n)
FROM generate_series(1, :workers) n \gexec

-- Many times what a sort or a hash may hold.
CREATE TABLE input AS SELECT a, md5(a::text) AS b FROM generate_series(1,
  (bytes('work_mem') * current_setting('hash_mem_multiplier')::numeric * :multiple / :input_row)::bigint) a;
ANALYZE input;

-- As large as shared_buffers in all; a row fills a page, so that they are read quickly.
SELECT format('CREATE TABLE fill_%s (filler text)', n),
  format('ALTER TABLE fill_%s ALTER filler SET STORAGE PLAIN', n),
  format('INSERT INTO fill_%s SELECT repeat(''x'', 7000) FROM generate_series(1, %s)', n,
    bytes('shared_buffers') / 8192 / :tables)
FROM generate_series(1, :tables) n \gexec

-- Fills the caches of a session: the tables, two plans for each, and the page tables of shared_buffers.
SELECT 'CREATE FUNCTION touch() RETURNS void LANGUAGE plpgsql SET max_parallel_workers_per_gather = 0 AS $body$ BEGIN '
  || string_agg(format('PERFORM count(*) FROM fill_%s; PERFORM filler FROM fill_%s ORDER BY filler LIMIT 1;', n, n), ' ')
  || ' END $body$'
FROM generate_series(1, :tables) n \gexec
CHECKPOINT;
SQL
  cat >"$STATE/sort.sql" <<'SQL'
SELECT touch();
-- The lock is reached when all is sorted. The inner OFFSET keeps the outer LIMIT from making it a search for the first row.
SELECT pg_advisory_lock_shared(1) FROM (SELECT * FROM input ORDER BY b, a OFFSET 1) sorted LIMIT 1;
SQL
  cat >"$STATE/hash.sql" <<'SQL'
SELECT touch();
SET enable_sort = off;
SELECT pg_advisory_lock_shared(1) FROM (SELECT b, a, count(*) FROM input GROUP BY b, a OFFSET 1) hashed LIMIT 1;
SQL
}

# occupy: closes the gate, and keeps autovacuum's workers where they need the most memory: each waits for the page of an
# index that a cursor is on, after it has collected what it can remember of dead rows.
occupy() {
  local workers n began=$SECONDS
  workers=$(setting autovacuum_max_workers)
  coproc HOLDER { psql_on_pod; }
  hold_command 'SELECT pg_advisory_lock(1);' 'BEGIN;' 'SET LOCAL enable_seqscan = off;' 'SET LOCAL enable_bitmapscan = off;'
  for ((n = 1; n <= workers; n++)); do
    hold_command "DECLARE page_of_$n CURSOR FOR SELECT i FROM dead_$n ORDER BY i; FETCH page_of_$n;"
  done
  for ((n = 1; n <= workers; n++)); do
    psql_on_pod -c "ALTER TABLE dead_$n RESET (autovacuum_enabled)"
  done
  until [ "$(psql_on_pod -c "SELECT count(*) FROM pg_stat_progress_vacuum WHERE phase = 'vacuuming indexes'")" = "$workers" ]; do
    ((SECONDS - began < VACUUM_SECONDS)) || die "autovacuum has not collected its dead rows after $VACUUM_SECONDS s"
    sleep 0.5
  done
  echo "$workers autovacuum workers hold their dead rows"
}

# hold_command SQL...: in the session that holds the gate and the cursors
hold_command() {
  local line=''
  printf '%s\n' "$@" '\echo held' >&"${HOLDER[1]}"
  until [ "$line" = held ]; do
    IFS= read -r line <&"${HOLDER[0]}" || die 'the session that holds the gate has ended'
  done
}

# hold QUERY [WORK_MEM]: all admitted clients start it at the same time, and none continues until all have their memory.
# Fails when one of them ends before.
hold() {
  local query=$1 work_mem=$2 clients load arrived=0 began=$SECONDS
  clients=$(psql_on_pod -c "SELECT current_setting('max_connections')::int - sum(setting::int) FROM pg_settings
    WHERE name IN ('superuser_reserved_connections', 'reserved_connections')")
  PGHOST=$(<"$STATE/address") PGPASSWORD=$(<"$STATE/postgres") PGUSER=postgres \
    PGOPTIONS="-c parallel_setup_cost=0 -c parallel_tuple_cost=0 -c min_parallel_table_scan_size=0 ${work_mem:+-c work_mem=$work_mem}" \
    pgbench -n -c "$clients" -j 2 -t 1 -f "$STATE/$query.sql" postgres >"$STATE/$query.log" 2>&1 &
  load=$!
  until [ "$arrived" = "$clients" ]; do
    if ! kill -0 "$load" 2>/dev/null || [ -n "$(kills)" ]; then return 1; fi
    ((SECONDS - began < HOLD_SECONDS)) || die "only $arrived of $clients clients have sorted after $HOLD_SECONDS s"
    sleep 0.5
    arrived=$(psql_on_pod -c "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'" 2>/dev/null) || arrived=0
  done
  echo "$clients clients hold what they got"
  hold_command 'SELECT pg_advisory_unlock(1);'
  wait "$load" || return 1
  hold_command 'SELECT pg_advisory_lock(1);'
}

# What the kernel killed, in words; nothing when it killed nothing. Where it takes a process but not the container, the
# server restarts itself, and Kubernetes does not see it.
kills() {
  local name container restarts reason
  while read -r name container restarts reason; do
    if [ "$restarts" != 0 ]; then echo "$name restarted ($reason)"; fi
    awk -v name="$name" '$1 == "oom_kill" && $2 > 0 { print name " lost " $2 " processes" }' \
      "$(group_of "$container")/memory.oom_control" 2>/dev/null || :
  done < <(kubectl get pods -l app.kubernetes.io/component=server -o jsonpath='{range .items[*]}{.metadata.name}{" "}{.status.containerStatuses[0].containerID}{" "}{.status.containerStatuses[0].restartCount}{" "}{.status.containerStatuses[0].lastState.terminated.reason}{"\n"}{end}')
}

group_of() { find "$CGROUPS/kubepods" -type d -name "${1##*/}"; }

# sample FILE: records the peak there, in MB: memory of processes, shared memory, and the kernel's memory for them. The file
# cache does not count, because the kernel evicts it.
sample() {
  local group key value rss shmem kernel peak=0
  group=$(group_of "$(pod .status.containerStatuses[0].containerID)")
  while kernel=$(<"$group/memory.kmem.usage_in_bytes"); do
    while read -r key value; do
      case $key in rss | shmem) printf -v "$key" %s "$value" ;; esac
    done <"$group/memory.stat"
    if ((rss + shmem + kernel > peak)); then
      peak=$((rss + shmem + kernel))
      echo "$((peak >> 20))" >"$1"
      echo "$((rss >> 20)) MB of processes, $((shmem >> 20)) MB shared, $((kernel >> 20)) MB of the kernel" >"$1.parts"
    fi
    sleep 0.1
  done 2>/dev/null
}

# verdict FORCED KILLS HELD PEAK WORST
verdict() {
  local forced=$1 kills=$2 held=$3 peak=$4 worst=$5
  if [ -n "$forced" ]; then
    if [ -n "$kills" ]; then echo "$kills, as it must: ok"; else echo 'FAILED: nothing was killed'; fi
  elif [ -n "$kills" ]; then
    echo "FAILED: $kills"
  elif [ -z "$held" ]; then
    echo "FAILED: a client was refused, see $STATE/*.log"
  elif ((peak > worst)); then
    echo 'FAILED: above the worst case'
  else
    echo ok
  fi
}

# Objects and data of the last case, and what Pulumi knows of them.
forget() {
  command kubectl --context "$CONTEXT" get namespace "$NAMESPACE" >/dev/null 2>&1 || return 0
  step 'removing the last case' "$STATE/remove.log" \
    command kubectl --context "$CONTEXT" delete namespace "$NAMESPACE" --timeout=180s
  rm -rf "$STATE/backend" "$STATE/project"
}

main "$@"
