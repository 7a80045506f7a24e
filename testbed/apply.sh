#!/usr/bin/env bash
# Replaces the Pulumi engine where there is no kubernetes plugin: applies a stack's objects to a cluster in the order in which
# the program declares them, and refuses what the change plan refuses, and to take over a namespace. Run it in the project's folder.
#
#   testbed/apply.sh STACK CONTEXT NAMESPACE SECONDS
set -euo pipefail
testbed=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
stack=$1 context=$2 namespace=$3 seconds=$4

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

program() {
  JDK_JAVA_OPTIONS="@$testbed/../tools/jvm.options" java -cp target/streamset.jar "$@" 2> >(grep -av '^NOTE: Picked up' >&2)
}

# The kinds that the change plan compares; not namespaces, because all others of the cluster would be listed too.
kubectl --context "$context" -n "$namespace" get --ignore-not-found -o json \
  -l app.kubernetes.io/part-of=streamset statefulset,configmap,service,persistentvolumeclaim,poddisruptionbudget,job \
  >"$scratch/objects.json"
[ -s "$scratch/objects.json" ] || echo '{"items": []}' >"$scratch/objects.json"
# Classes that this user may not read do not count.
kubectl --context "$context" get --ignore-not-found -o json storageclass >"$scratch/classes.json" 2>/dev/null || true
[ -s "$scratch/classes.json" ] || echo '{"items": []}' >"$scratch/classes.json"
python3 "$testbed/apply.py" merge "$scratch/objects.json" "$scratch/classes.json" >"$scratch/deployed.json"

program streamset.review.ChangePlan "$stack" --deployed="$scratch/deployed.json"
program streamset.review.Render "$stack" --stages="$scratch/deployed.json" >"$scratch/stages.json"
python3 "$testbed/apply.py" apply "$context" "$namespace" "$seconds" "$scratch/deployed.json" "$scratch/stages.json"
