#!/bin/sh
# Runs postgres_exporter beside the server, for as long as the pod lives. A container that ends makes its pod unready: that would take
# the server out of its Services and hold up a rolling restart. So this goes on whatever becomes of the exporter, and starts it again,
# also when its password or its queries change. On SIGTERM it ends at once: the pod's end waits for the server alone.
#
# The image has BusyBox. There are no pipelines here, for which its shell would need another option.
set -eu

PASSWORD=${METRICS_PASSWORD:-/etc/streamset/metrics/password} # which the node writes
QUERIES=${METRICS_QUERIES:-/etc/streamset/exporter/queries.yaml}
ADDRESS=${METRICS_SERVER:-127.0.0.1:5432}
LOOK_SECONDS=10 # the kubelet takes a minute to bring changed files, and a failing exporter needs no haste

# An answer takes milliseconds; a server that hangs must not collect connections of the exporter.
LIMITS='connect_timeout=5&statement_timeout=5000'

exporter=''     # the process
started_with='' # digests of what it has read

main() {
  trap end TERM INT
  while true; do
    keep_exporter
    sleep "$LOOK_SECONDS" &
    wait "$!" || true
  done
}

keep_exporter() {
  now=$(sha256sum "$PASSWORD" "$QUERIES" 2>/dev/null) || return 0 # not all there yet, or changing
  if [ "$now" != "$started_with" ]; then stop_exporter; fi
  if [ -z "$exporter" ] || ! kill -0 "$exporter" 2>/dev/null; then start_exporter "$now"; fi
}

# What is left out says little of a cluster: a series for each setting, and the tables of database postgres.
start_exporter() { # DIGESTS
  started_with=$1
  set --
  if [ "$POSTGRES_MAJOR" -ge 17 ]; then set -- --collector.stat_checkpointer; fi # before, the collector stat_bgwriter has that
  DATA_SOURCE_URI="$ADDRESS/postgres?sslmode=$METRICS_SSLMODE&$LIMITS" \
    DATA_SOURCE_USER=streamset_metrics DATA_SOURCE_PASS_FILE=$PASSWORD PG_EXPORTER_DISABLE_SETTINGS_METRICS=true \
    postgres_exporter --web.listen-address=":$METRICS_PORT" --config.file=/dev/null --extend.query-path="$QUERIES" \
    --disable-default-metrics --collection-timeout=10s "$@" \
    --no-collector.stat_user_tables --no-collector.statio_user_tables &
  exporter=$!
}

stop_exporter() {
  [ -n "$exporter" ] || return 0
  kill "$exporter" 2>/dev/null || true
  wait "$exporter" || true # its port must be free for the next one
  exporter=''
}

end() {
  [ -z "$exporter" ] || kill "$exporter" 2>/dev/null || true
  exit 0
}

main
