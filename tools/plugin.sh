# shellcheck shell=bash disable=SC2034  # sourced by the other scripts, never run
# The kubernetes plugin that the program requests.
PLUGIN_VERSION=4.25.0 # as in ClusterProvider
PLUGIN_FOLDER=${PULUMI_HOME:-$HOME/.pulumi}/plugins/resource-kubernetes-v$PLUGIN_VERSION

plugin_listed() {
  local installed
  installed=$("$(dirname "${BASH_SOURCE[0]}")/pulumi.sh" plugin ls --json)
  grep -q '"version": "'"$PLUGIN_VERSION"'"' <<<"$installed"
}
