#!/usr/bin/env bash
# Runs the engine on a stack for a workflow, with the credentials that this step alone has in its environment.
#
#   tools/stack.sh preview STACK    what an update would change
#   tools/stack.sh up STACK         the update; both end where a rule of policy/README.md is broken
#   tools/stack.sh drift STACK      ends with 2 when the cluster is no longer as the stack has left it
#
# PULUMI_BACKEND_URL   where the state is: https://api.pulumi.com, s3://…, gs://…, azblob://… or file://…
# KUBECONFIG_TEXT      the contents of a kubeconfig; they go into a file that nobody else can read, and that is deleted again.
#                      Without it: KUBECONFIG, else ~/.kube/config
# The backend's own credentials have the names that the Pulumi CLI gives them; those that are empty count as not set.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=progress.sh
. "$tools/progress.sh"

NOTHING_CHANGED='no changes were expected' # what the CLI says when there were some
FOUND_DRIFT=2

main() {
  [ "$#" = 2 ] || die 'call it as: tools/stack.sh preview|up|drift STACK'
  local action=$1 stack=$2 variable
  for variable in KUBECONFIG_TEXT KUBECONFIG "${!PULUMI_@}" "${!AWS_@}" "${!GOOGLE_@}" "${!AZURE_@}"; do
    [ -n "${!variable:-}" ] || unset "$variable"
  done
  [ -n "${PULUMI_BACKEND_URL:-}" ] || die 'PULUMI_BACKEND_URL does not say where the state is'
  if [ -n "${KUBECONFIG_TEXT:-}" ]; then
    umask 077
    secrets=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/kubeconfig.XXXXXX")
    trap 'rm -rf "$secrets"' EXIT
    printf '%s\n' "$KUBECONFIG_TEXT" >"$secrets/kubeconfig"
    export KUBECONFIG=$secrets/kubeconfig
    unset KUBECONFIG_TEXT
  fi
  case $action in
    preview) pulumi preview --policy-pack "${tools%/tools}/policy" ;;
    up) pulumi up --yes --policy-pack "${tools%/tools}/policy" ;;
    drift) drift ;;
    *) die "$action is none of: preview, up, drift" ;;
  esac
}

pulumi() {
  "$tools/pulumi.sh" --non-interactive --color never "$@" --stack "$stack" --suppress-progress
}

drift() {
  local code=0 output
  output=$(pulumi preview --refresh --expect-no-changes 2>&1) || code=$?
  printf '%s\n' "$output"
  if [ "$code" != 0 ] && [[ $output = *"$NOTHING_CHANGED"* ]]; then return "$FOUND_DRIFT"; fi
  return "$code"
}

main "$@"
