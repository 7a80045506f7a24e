#!/usr/bin/env bash
# Deploys a stack to a named cluster without touching the stack's file: in a separate project folder, made of links to this
# one, with generated passwords and a local backend.
#
#   tools/deploy.sh STATE STACK CONTEXT [KEY=VALUE ...]     deploy
#   tools/deploy.sh --prepare STATE STACK CONTEXT …         only make the project folder
#
# STATE keeps backend, passwords and project from one call to the next. KEY=VALUE is passed to "pulumi config set --plaintext --path".
# KUBECONFIG names the file with the context. With the kubernetes plugin, this runs "pulumi up"; without it, this says so and
# applies the rendered objects.
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
    (cd "$project" && exec "$repository/testbed/apply.sh" "$stack" "$context" "$(namespace)" "$UP_SECONDS")
  fi
}

pulumi() {
  (cd "$project" && exec timeout "$UP_SECONDS" "$tools/pulumi.sh" --non-interactive --stack "$stack" "$@")
}

namespace() {
  pulumi config get streamset:namespace 2>/dev/null || echo postgresql # the default of Pulumi.yaml
}

make_secrets() {
  local name
  umask 077
  mkdir -p "$state/backend"
  for name in passphrase postgres replicator seed; do
    [ -s "$state/$name" ] || head -c 24 /dev/urandom | base64 >"$state/$name"
  done
}

make_project() {
  local name salt
  mkdir -p "$project"
  for name in Pulumi.yaml src stacks target; do ln -sfn "$repository/$name" "$project/$name"; done
  salt=$(grep -s '^encryptionsalt:' "$file" || true) # belongs to the secrets in the backend
  cp "$repository/Pulumi.$stack.yaml" "$file"
  [ -z "$salt" ] || echo "$salt" >>"$file"
}

configure() {
  local plugin=$1 setting role protection=--secret
  shift
  [ -e "$state/backend/.pulumi/stacks/streamset/$stack.json" ] || pulumi stack init --no-select >/dev/null
  [ -n "$plugin" ] || protection=--plaintext # rendered without the engine, and only the engine can decrypt; nobody else can read the file
  for role in postgres replicator; do
    pulumi config set "$protection" --path "streamset:passwords.$role" <"$state/$role"
  done
  pulumi config set "$protection" streamset:certificateSeed <"$state/seed" # for stacks with tls.generate
  pulumi config set kubernetes:context "$context"
  [ -z "${KUBECONFIG:-}" ] || pulumi config set kubernetes:kubeconfig "$KUBECONFIG"
  for setting in "$@"; do
    pulumi config set --plaintext --path "${setting%%=*}" "${setting#*=}"
  done
}

has_plugin() {
  plugin_listed ||
    timeout 120 "$tools/pulumi.sh" plugin install resource kubernetes "$PLUGIN_VERSION" >/dev/null 2>&1
}

main "$@"
