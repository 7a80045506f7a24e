#!/usr/bin/env bash
# Reports what is wrong with a context of your kubeconfig before anything is built, because building takes minutes.
#
#   tools/context.sh CONTEXT
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=progress.sh
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

context=$1
command -v kubectl >/dev/null || die "no kubectl on PATH; CONTEXT=$context needs one"
kubectl config get-contexts "$context" >/dev/null 2>&1 ||
  die "the kubeconfig has no context $context; choose one of: kubectl config get-contexts -o name"
answer=$(kubectl --context "$context" --request-timeout=10s get --raw /version 2>&1 </dev/null) ||
  die "the cluster of the context $context does not answer: ${answer##*$'\n'}"
