#!/usr/bin/env bash
# The main job, for real: deploys the dev stack, waits until its standbys stream, replicates a row, and shows the cluster.
#
#   tools/demo.sh            on the testbed, which it starts (needs root)
#   tools/demo.sh CONTEXT    on the cluster of that context of your kubeconfig
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$tools")
# shellcheck source-path=SCRIPTDIR source=progress.sh
. "$tools/progress.sh"

STREAMING_SECONDS=120 # with images to pull; otherwise it takes ten
NAMESPACE=k8s-training
PRIMARY=postgresql-sfs-0
STANDBYS=(postgresql-sfs-1 postgresql-sfs-2)
TESTBED_STATE=$repository/testbed/.state
context=${1:-}

main() {
  check_cluster
  make -s -C "$repository" build tools
  start_cluster
  say "deploying the dev stack to the context $context"
  "$tools/deploy.sh" "$repository/.demo/$context" dev "$context"
  wait_for_streaming
  send_a_row
  show
}

# Before anything is built: building takes minutes.
check_cluster() {
  if [ -n "$context" ]; then
    "$tools/context.sh" "$context"
  else
    [ "$(id -u)" = 0 ] || die "the local cluster needs root; two ways out: sudo make demo, or make demo CONTEXT=<one of: kubectl config get-contexts -o name>"
  fi
}

start_cluster() {
  [ -z "$context" ] || return 0
  "$repository/testbed/up.sh"
  context=streamset-testbed
  export KUBECONFIG=$TESTBED_STATE/kubeconfig PATH=$TESTBED_STATE/bin:$PATH
}

psql_on() {
  local pod=$1
  shift
  kubectl --context "$context" -n "$NAMESPACE" exec "$pod" -c postgresql -- psql -X -q -A -t -U postgres "$@"
}

wait_for_streaming() {
  local limit=$((SECONDS + STREAMING_SECONDS)) streaming=0
  until [ "$streaming" = "${#STANDBYS[@]}" ]; do
    [ "$SECONDS" -lt "$limit" ] || die "only $streaming of ${#STANDBYS[@]} standbys stream after $STREAMING_SECONDS s; look at: kubectl --context $context -n $NAMESPACE get pods"
    streaming=$(psql_on "$PRIMARY" -c "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'" 2>/dev/null) || streaming=0
    sleep 0.5
  done
  say "$streaming standbys stream"
}

send_a_row() {
  local row standby limit=$((SECONDS + 30))
  psql_on "$PRIMARY" -c 'SET client_min_messages = warning' -c 'CREATE TABLE IF NOT EXISTS demo (id int GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT now())'
  row=$(psql_on "$PRIMARY" -c 'INSERT INTO demo DEFAULT VALUES RETURNING id')
  say "wrote row $row on $PRIMARY"
  for standby in "${STANDBYS[@]}"; do
    until [ "$(psql_on "$standby" -c "SELECT id FROM demo WHERE id = $row" 2>/dev/null)" = "$row" ]; do
      [ "$SECONDS" -lt "$limit" ] || die "row $row has not arrived on $standby after 30 s"
      sleep 0.2
    done
    say "read row $row on $standby"
  done
}

show() {
  echo
  kubectl --context "$context" -n "$NAMESPACE" exec "$PRIMARY" -c postgresql -- bash /etc/streamset/scripts/status.sh
  echo "connect: ${KUBECONFIG:+KUBECONFIG=$KUBECONFIG }$(command -v kubectl) --context $context -n $NAMESPACE exec -it $PRIMARY -c postgresql -- psql -U postgres"
}

main
