#!/usr/bin/env bash
# Deploys a stack to a named cluster without touching the stack's file: in a project folder of its own, made of links to
# this one, with generated passwords and a local backend.
#
#   tools/deploy.sh STATE STACK CONTEXT [KEY=VALUE ...]     deploy
#   tools/deploy.sh --prepare STATE STACK CONTEXT …         make the project folder only
#
# STATE keeps backend, passwords and project from one call to the next. KEY=VALUE goes to "pulumi config set --path".
# KUBECONFIG says where the context is. With the kubernetes plugin it runs "pulumi up"; without, it says so and applies
# the rendered objects.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$tools")

. "$tools/plugin.sh"

UP_SECONDS=900 # a StatefulSet that cannot become ready makes Pulumi wait ten minutes

prepare_only=''
if [ "$1" = --prepare ]; then
  prepare_only=yes
  shift
fi
state=$1 stack=$2 context=$3
shift 3
mkdir -p "$state"
state=$(cd "$state" && pwd)
project=$state/project
file=$project/Pulumi.$stack.yaml
export PULUMI_BACKEND_URL="file://$state/backend"
export PULUMI_CONFIG_PASSPHRASE_FILE="$state/passphrase"

main() {
  local plugin=''
  has_plugin && plugin=found
  make_secrets
  make_project
  configure "$plugin" "$@"
  [ -z "$prepare_only" ] || return 0
  if [ -n "$plugin" ]; then
    echo "deploying with pulumi up (kubernetes plugin $PLUGIN_VERSION)"
    pulumi up --yes --skip-preview --refresh --suppress-outputs
  else
    echo "no kubernetes plugin $PLUGIN_VERSION to be had: applying the rendered objects with kubectl apply --server-side"
    apply
  fi
}

pulumi() {
  (cd "$project" && exec timeout "$UP_SECONDS" "$tools/pulumi.sh" --non-interactive --stack "$stack" "$@")
}

make_secrets() {
  local name
  umask 077
  mkdir -p "$state/backend"
  for name in passphrase postgres replicator; do
    [ -s "$state/$name" ] || head -c 24 /dev/urandom | base64 >"$state/$name"
  done
}

make_project() {
  local name salt
  mkdir -p "$project"
  for name in Pulumi.yaml src stacks target; do ln -sfn "$repository/$name" "$project/$name"; done
  salt=$(grep -s '^encryptionsalt:' "$file" || true) # belongs to the secrets that the backend has
  cp "$repository/Pulumi.$stack.yaml" "$file"
  [ -z "$salt" ] || echo "$salt" >>"$file"
}

configure() {
  local plugin=$1 setting role protection=--secret
  shift
  [ -e "$state/backend/.pulumi/stacks/streamset/$stack.json" ] || pulumi stack init --no-select >/dev/null
  [ -n "$plugin" ] || protection=--plaintext # rendered without the engine, which alone can decrypt; the file is ours alone
  for role in postgres replicator; do
    pulumi config set "$protection" --path "streamset:passwords.$role" <"$state/$role"
  done
  pulumi config set kubernetes:context "$context"
  [ -z "${KUBECONFIG:-}" ] || pulumi config set kubernetes:kubeconfig "$KUBECONFIG"
  for setting in "$@"; do
    pulumi config set --path "${setting%%=*}" "${setting#*=}"
  done
}

has_plugin() {
  plugin_listed ||
    timeout 120 "$tools/pulumi.sh" plugin install resource kubernetes "$PLUGIN_VERSION" >/dev/null 2>&1
}

# Waits, as Pulumi does, until pods are ready and Jobs complete.
apply() {
  local objects namespace jobs
  objects=$(render)
  namespace=$(awk '/^  namespace: / { print $2; exit }' <<<"$objects")
  check_claims
  objects=$(keep_templates <<<"$objects")
  mapfile -t jobs < <(awk '/^kind: / { kind = $2 } kind == "Job" && /^  name: / { print "job/" $2 }' <<<"$objects")
  delete_other_jobs
  kubectl --context "$context" apply --server-side --force-conflicts -f - <<<"$objects"
  kubectl --context "$context" -n "$namespace" rollout status statefulset \
    -l app.kubernetes.io/part-of=streamset --timeout="${UP_SECONDS}s"
  kubectl --context "$context" -n "$namespace" wait --for=condition=Complete "${jobs[@]}" --timeout="${UP_SECONDS}s"
}

# Claims that cannot become what is declared end it before anything changes. Classes that we may not see do not count.
check_claims() {
  { kubectl --context "$context" -n "$namespace" get persistentvolumeclaim,storageclass -o json || true; } |
    program streamset.review.CheckClaims "$stack" 2> >(grep -v '^NOTE: Picked up' >&2)
}

# A StatefulSet's claim templates never change: what exists keeps the sizes it has there, as Pulumi does.
keep_templates() {
  local existing
  existing=$(kubectl --context "$context" -n "$namespace" get statefulset -l app.kubernetes.io/part-of=streamset \
    -o jsonpath='{range .items[*].spec.volumeClaimTemplates[*]}{.metadata.name} {.spec.resources.requests.storage} {end}')
  awk -v existing="$existing" '
    BEGIN { for (i = split(existing, word); i > 1; i -= 2) size[word[i - 1]] = word[i] }
    /^kind: / { inside = 0 }
    /^  volumeClaimTemplates:/ { inside = 1 }
    inside && $1 == "name:" { volume = $2 }
    inside && $1 == "storage:" && volume in size { sub(/storage: .*/, "storage: " size[volume]) }
    { print }'
}

# Those that are no longer declared, as Pulumi does: one that is declared again later then runs again.
delete_other_jobs() {
  local job
  while read -r job; do
    [[ " ${jobs[*]} " == *" $job "* ]] || kubectl --context "$context" -n "$namespace" delete "$job"
  done < <(kubectl --context "$context" -n "$namespace" get job -l app.kubernetes.io/part-of=streamset -o name | sed 's/^job\.batch/job/')
}

render() { program streamset.review.Render "$stack" --show-secrets 2>/dev/null; }

program() { (cd "$project" && JDK_JAVA_OPTIONS="@$tools/jvm.options" exec java -cp target/streamset.jar "$@"); }

main "$@"
