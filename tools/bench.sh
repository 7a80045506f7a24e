#!/usr/bin/env bash
# Measures, all in one run: the start of a preview, the renderer, and the time until standbys stream on the testbed.
# Machines are noisy: medians of several runs, and ratios rather than seconds.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$tools")
cd "$repository"

. "$tools/plugin.sh"

RUNS=5
NAMESPACE=streamset-bench
STATE=$repository/target/bench
TESTBED_STATE=$repository/testbed/.state
export KUBECONFIG=$TESTBED_STATE/kubeconfig PATH=$TESTBED_STATE/bin:$PATH
export PULUMI_BACKEND_URL="file://$STATE/backend" PULUMI_CONFIG_PASSPHRASE_FILE="$STATE/passphrase"
context=streamset-testbed
TIMEFORMAT='%R %U %S'

main() {
  "$repository/testbed/up.sh" >/dev/null
  trap forget EXIT
  if plugin_listed; then
    echo "kubernetes plugin $PLUGIN_VERSION: found"
    bench_streaming kubectl pulumi
    bench_preview
  else
    echo "kubernetes plugin $PLUGIN_VERSION: not found, so no preview is measured and objects are applied with kubectl"
    bench_streaming kubectl
  fi
  bench_render
}

# wall and CPU seconds of a command, as one line
timed() { { time "$@" >"$STATE/output" 2>&1; } 2>&1 | awk '{ print $1, $2 + $3 }'; }

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# --- preview: this jar against the stock Maven runtime, taking turns ---
bench_preview() {
  local jar=$STATE/project maven=$STATE/maven run
  mkdir -p "$maven"
  cp "$jar/Pulumi.dev.yaml" "$maven/"
  sed '/^  options:/,/^    binary:/d' Pulumi.yaml >"$maven/Pulumi.yaml"
  for name in pom.xml src stacks; do ln -sfn "$repository/$name" "$maven/$name"; done
  : >"$STATE/jar.times"
  : >"$STATE/maven.times"
  for ((run = 0; run <= RUNS; run++)); do
    preview "$jar" >>"$STATE/jar.times"
    preview "$maven" >>"$STATE/maven.times"
    [ "$run" != 0 ] || : >"$STATE/jar.times" # the first of each fills caches
    [ "$run" != 0 ] || : >"$STATE/maven.times"
  done
  local jar_wall jar_cpu maven_wall maven_cpu
  jar_wall=$(cut -d ' ' -f 1 "$STATE/jar.times" | median)
  jar_cpu=$(cut -d ' ' -f 2 "$STATE/jar.times" | median)
  maven_wall=$(cut -d ' ' -f 1 "$STATE/maven.times" | median)
  maven_cpu=$(cut -d ' ' -f 2 "$STATE/maven.times" | median)
  echo "pulumi preview, this jar:       $jar_wall s wall, $jar_cpu s CPU"
  echo "pulumi preview, Maven runtime:  $maven_wall s wall, $maven_cpu s CPU"
  echo "ratio: wall $(ratio "$jar_wall" "$maven_wall"), CPU $(ratio "$jar_cpu" "$maven_cpu") (target 0.30)"
}

preview() {
  local project=$1
  (
    cd "$project"
    if [ "$project" = "$STATE/maven" ]; then
      export MAVEN_OPTS='-Dexec.mainClass=streamset.App'
      timed stock_pulumi preview --stack dev --non-interactive
    else
      timed "$tools/pulumi.sh" preview --stack dev --non-interactive
    fi
    grep -q 'unchanged' "$STATE/output" || { cat "$STATE/output" >&2; exit 1; }
  )
}

stock_pulumi() { PATH=$PATH:$tools/bin PULUMI_SKIP_UPDATE_CHECK=true pulumi "$@"; }

# --- render: seconds, and growth with the replicas ---
bench_render() {
  local run three many
  mkdir -p "$STATE/many"
  for name in Pulumi.yaml src stacks target; do ln -sfn "$repository/$name" "$STATE/many/$name"; done
  sed 's/^  streamset:replicas: .*/  streamset:replicas: 101/' Pulumi.dev.yaml >"$STATE/many/Pulumi.dev.yaml"
  : >"$STATE/three.times"
  : >"$STATE/many.times"
  for ((run = 0; run < RUNS; run++)); do
    render "$repository" >>"$STATE/three.times"
    render "$STATE/many" >>"$STATE/many.times"
  done
  three=$(cut -d ' ' -f 1 "$STATE/three.times" | median)
  many=$(cut -d ' ' -f 1 "$STATE/many.times" | median)
  echo "render, 3 replicas:             $three s wall (target 2)"
  echo "render, 101 replicas:           $many s wall, ratio $(ratio "$many" "$three") (target 1.3)"
}

render() {
  (
    cd "$1"
    export JDK_JAVA_OPTIONS="@$tools/jvm.options"
    timed java -cp target/streamset.jar streamset.review.Render dev
  )
}

# --- from the apply of the objects to two streaming standbys; pods and data are new each time, images are there ---
bench_streaming() {
  local way
  for way in "$@"; do
    : >"$STATE.times"
    for ((run = 0; run < 3; run++)); do
      forget
      "$tools/deploy.sh" --prepare "$STATE" dev "$context" "streamset:namespace=$NAMESPACE" >"$STATE.log" 2>&1
      (cd "$STATE/project" && java -cp target/streamset.jar streamset.review.Render dev --show-secrets) \
        >"$STATE/objects.yaml" 2>/dev/null
      seconds_until_streaming "apply_by_$way" >>"$STATE.times"
    done
    echo "two standbys stream after:      $(median <"$STATE.times") s by $way (target 15)"
  done
}

seconds_until_streaming() {
  local began=$EPOCHREALTIME streaming=0 applying
  "$1" >"$STATE.log" 2>&1 &
  applying=$!
  until [ "$streaming" = 2 ]; do
    streaming=$(kubectl -n "$NAMESPACE" exec postgresql-sfs-0 -c postgresql -- psql -XqAt -U postgres \
      -c "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'" 2>/dev/null) || sleep 0.1
    awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { exit b - a > 120 }' || { cat "$STATE.log" >&2; exit 1; }
  done
  awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f\n", b - a }'
  wait "$applying"
}

apply_by_pulumi() {
  (cd "$STATE/project" && timeout 600 "$tools/pulumi.sh" up --yes --skip-preview --stack dev --non-interactive)
}

apply_by_kubectl() { kubectl apply --server-side -f "$STATE/objects.yaml"; }

# Objects, data and state of the last run.
forget() {
  if kubectl get namespace "$NAMESPACE" >/dev/null 2>&1; then
    kubectl -n "$NAMESPACE" delete statefulset,job --all --timeout=60s >/dev/null
    kubectl delete namespace "$NAMESPACE" --timeout=120s >/dev/null
    "$repository/testbed/volumes.sh" >/dev/null
  fi
  rm -rf "$STATE"
  mkdir -p "$STATE"
}

main
