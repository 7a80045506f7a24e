#!/usr/bin/env bash
# The benefit of the computed settings: pgbench against a real server with the memory limit of a pod, including the page
# cache, with four configurations in turn: PostgreSQL's defaults, the six lines of the lesson that this project grew from,
# PGTune's formulas, and what the program computes. Data of 5 times and of half the memory, written and read.
#
#   tools/bench-tune.sh [RUNS [SECONDS [MAJOR]]]     5 runs of 12 s each of PostgreSQL 15, which take half an hour
#
# 15 is Debian's build, which has what the official image has; the embedded builds of the other majors lack LZ4.
#
# Only results of the same round are compared: same random numbers, a cold start, a warm-up, a checkpoint just before. Each
# configuration has its own data, because what it leaves in pg_wal affects its next start. The output has medians over the
# rounds, of the transactions per second and of the ratios within each round. Needs 25 GB of disk.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$tools")
# shellcheck source=progress.sh
. "$tools/progress.sh"

RUNS=${1:-5}
RUN_SECONDS=${2:-12}
MAJOR=${3:-15}
WARM_UP_SECONDS=5
MEMORY=512 # MiB; 5 times that is loaded within a minute
CPUS=2     # those of the machine, which the clients share
CLIENTS=8
VOLUME=20Gi # of an ssd: from it follows the space for WAL
SCALE_MB=15 # of accounts and their index, in each unit of pgbench's scale
CONFIGURATIONS=(defaults lesson pgtune computed)
WORKLOADS=('tpcb-like large' 'tpcb-like small' 'select-only large' 'select-only small')
STATE=$repository/target/bench-tune
GROUP=/sys/fs/cgroup/memory/streamset-bench-tune
SERVER_USER=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
server='' # a folder that the server's user can enter: data, socket, log
programs=''

main() {
  [ "$(id -u)" = 0 ] || die 'needs root: the server runs in a control group of its own'
  [ -e /sys/fs/cgroup/memory/memory.stat ] || die 'no control groups of version 1 in /sys/fs/cgroup/memory'
  rm -rf "$STATE"
  mkdir -p "$STATE"
  server=$(mktemp -d)
  trap clean EXIT
  local load
  read -r load _ </proc/loadavg
  [ "${load%.*}" = 0 ] || say "the machine is busy (load $load): what others take is noise in the figures"
  programs=$server/bin
  [ "$MAJOR" != 15 ] || programs=/usr/lib/postgresql/15/bin
  guarded 'installing a server' "$STATE/install.log" install
  local run workload configuration
  for configuration in "${CONFIGURATIONS[@]}"; do
    "$configuration" >"$STATE/$configuration.conf"
    cp "$STATE/$configuration.conf" "$server/" # where the server's user can read it
    guarded "$configuration: loading $((5 * MEMORY)) and $((MEMORY / 2)) MB" "$STATE/load.log" load "$configuration"
  done
  for ((run = 1; run <= RUNS; run++)); do
    for workload in "${WORKLOADS[@]}"; do
      guarded "run $run of $RUNS: $workload" "$STATE/run.log" take_turns "$run" "$workload"
    done
  done
  report
}

# step, and afterwards again an end by signal that cleans up
guarded() {
  step "$@"
  trap 'exit 143' TERM INT HUP
}

# --- the four configurations ---
defaults() { :; }

lesson() {
  cat <<'CONF'
listen_addresses = '*'
wal_level = replica
wal_log_hints = on
hot_standby = on
max_wal_senders = 3
wal_keep_size = 152MB
CONF
}

# PGTune's formulas for an OLTP database on Linux with an SSD (github.com/le0pard/pgtune at 01bb644,
# src/features/configuration/configurationSlice.js). Below 4 CPUs it leaves the parallel workers alone, and below 2 GB of
# shared_buffers huge pages.
pgtune() {
  local connections=300 worker_processes=8 kilobytes=$((MEMORY * 1024))
  local shared_buffers=$((kilobytes / 4))
  local wal_buffers=$((shared_buffers * 3 / 100))
  local work_mem=$(((kilobytes - shared_buffers) / ((connections + worker_processes) * 3)))
  cat <<CONF
max_connections = $connections
shared_buffers = ${shared_buffers}kB
effective_cache_size = $((kilobytes * 3 / 4))kB
maintenance_work_mem = $((kilobytes / 16))kB
checkpoint_completion_target = 0.9
wal_buffers = $((wal_buffers < 16384 ? wal_buffers : 16384))kB
default_statistics_target = 100
random_page_cost = 1.1
effective_io_concurrency = 200
work_mem = $((work_mem > 4096 ? work_mem : 4096))kB
huge_pages = off
min_wal_size = 2GB
max_wal_size = 8GB
jit = off
wal_compression = $(if accepts wal_compression lz4; then echo lz4; else echo on; fi)
CONF
}

# What a stack of that size gets: postgresql.conf as its ConfigMap has it.
computed() {
  local project=$STATE/project name
  mkdir "$project"
  for name in Pulumi.yaml src stacks target; do ln -s "$repository/$name" "$project/$name"; done
  cat >"$project/Pulumi.tune.yaml" <<YAML
config:
  kubernetes:context: none
  streamset:secretName: none
  streamset:version: $MAJOR
  streamset:resources: {cpu: "$CPUS", memory: ${MEMORY}Mi}
  streamset:storage: {size: $VOLUME}
YAML
  (cd "$project" && java -cp target/streamset.jar streamset.review.Render tune) |
    awk '/^  postgresql.conf: / { inside = 1; next } inside && !/^(    |$)/ { exit } inside { print substr($0, 5) }'
}

# --- the server ---
install() {
  chmod 755 "$server"
  if [ "$MAJOR" != 15 ]; then tar -xJf "$repository/target/postgresql-binaries/$MAJOR"/*.txz -C "$server" --no-same-owner; fi
  command install -d -o nobody -g nogroup "$server/socket" "$server/data"
  mkdir -p "$GROUP"
  echo "${MEMORY}M" >"$GROUP/memory.limit_in_bytes"
}

as_server() { "${SERVER_USER[@]}" "$programs/$1" "${@:2}"; }

# accepts PARAMETER VALUE: whether this build of PostgreSQL knows the value
accepts() { as_server postgres -D "$server/data" -c config_file=/dev/null -c "$1=$2" -C "$1" >/dev/null 2>&1; }

# start CONFIGURATION [OPTIONS]: in the control group, with nothing in the cache
start() {
  echo 0 >"$GROUP/memory.force_empty"
  (
    echo "$BASHPID" >"$GROUP/cgroup.procs"
    as_server pg_ctl -D "$server/data/$1" -l "$server/socket/log" -w start \
      -o "-c config_file=$server/$1.conf -c hba_file=$server/data/$1/pg_hba.conf -c listen_addresses='' \
        -c unix_socket_directories=$server/socket ${2:-}"
  )
}

# stop CONFIGURATION MODE
stop() { as_server pg_ctl -D "$server/data/$1" -w stop -m "$2"; }

sql() { psql -XqAt -v ON_ERROR_STOP=1 -h "$server/socket" -U postgres "$@"; }

load_database() {
  sql -c "CREATE DATABASE $1"
  pgbench -i -q -s "$2" -h "$server/socket" -U postgres "$1"
}

load() {
  as_server initdb -D "$server/data/$1" -U postgres -A trust -E UTF8 --no-locale --no-sync --data-checksums # as in a pod
  start "$1" '-c fsync=off'
  load_database large $((5 * MEMORY / SCALE_MB))
  load_database small $((MEMORY / 2 / SCALE_MB))
  stop "$1" fast
  sync
}

# take_turns RUN 'SCRIPT DATABASE': each run begins with another configuration
take_turns() {
  local run=$1 script database position configuration count=${#CONFIGURATIONS[@]}
  read -r script database <<<"$2"
  for ((position = 0; position < count; position++)); do
    configuration=${CONFIGURATIONS[$(((run + position) % count))]}
    start "$configuration"
    sql "$database" -c 'VACUUM pgbench_branches, pgbench_tellers' -c 'TRUNCATE pgbench_history'
    load_with "$script" "$database" "$WARM_UP_SECONDS" 0 >/dev/null
    sql -c CHECKPOINT
    printf '%s %s %s %s %s\n' "$script" "$database" "$configuration" "$run" \
      "$(load_with "$script" "$database" "$RUN_SECONDS" "$run" | awk '/^tps/ { print $3 }')" >>"$STATE/tps"
    stop "$configuration" fast
  done
}

# load_with SCRIPT DATABASE SECONDS SEED
load_with() {
  pgbench -n -b "$1" -T "$3" --random-seed="$4" -c "$CLIENTS" -j 2 -M prepared -h "$server/socket" -U postgres "$2"
}

clean() {
  local configuration
  for configuration in "${CONFIGURATIONS[@]}"; do
    [ ! -e "$server/data/$configuration/postmaster.pid" ] || stop "$configuration" immediate >/dev/null || :
  done
  rm -rf "$server"
  rmdir "$GROUP" 2>/dev/null || :
}

# --- medians and ratios ---
report() {
  echo
  awk -v names="${CONFIGURATIONS[*]}" -v runs="$RUNS" '
    function sort(values, i, j, value) {
      for (i = 2; i <= runs; i++) {
        value = values[i]
        for (j = i - 1; j >= 1 && values[j] > value; j--) values[j + 1] = values[j]
        values[j + 1] = value
      }
    }
    function median(values) { sort(values); return values[int((runs + 1) / 2)] }
    { workload = $1 " " $2; if (!(workload in seen)) { seen[workload]; order[++workloads] = workload } tps[workload, $3, $4] = $5 }
    END {
      count = split(names, name)
      printf "%-18s", "median tps"
      for (n = 1; n <= count; n++) printf "%10s", name[n]
      for (n = 1; n < count; n++) printf "   %-20s", "computed/" name[n]
      print ""
      for (w = 1; w <= workloads; w++) {
        printf "%-18s", order[w]
        for (n = 1; n <= count; n++) {
          for (r = 1; r <= runs; r++) values[r] = tps[order[w], name[n], r]
          printf "%10.0f", median(values)
        }
        for (n = 1; n < count; n++) {
          for (r = 1; r <= runs; r++) values[r] = tps[order[w], name[count], r] / tps[order[w], name[n], r]
          middle = median(values)
          printf "   %-20s", sprintf("%.2f (%.2f-%.2f)", middle, values[1], values[runs])
        }
        print ""
      }
    }' "$STATE/tps"
}

main
