#!/usr/bin/env bash
# Runs the Pulumi CLI on PATH, or else the one built in tools/bin; the program starts with the fast JVM options.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$tools/plugin.sh"
command -v pulumi >/dev/null || PATH=$tools/bin:$PATH
PATH=$PATH:${tools%/tools}/policy # for --policy-pack policy
export PULUMI_SKIP_UPDATE_CHECK=true
# The SDK names the plugin 4.0.0, which nothing uses, and the CLI would fetch it at every start where it is missing.
[ ! -d "$PLUGIN_FOLDER" ] ||
  export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true
export JDK_JAVA_OPTIONS="@$tools/jvm.options${JDK_JAVA_OPTIONS:+ $JDK_JAVA_OPTIONS}"
exec pulumi "$@"
