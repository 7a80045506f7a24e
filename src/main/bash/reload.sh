#!/usr/bin/env bash
# Job: every server reads the conf files of this revision. The kubelet brings them to the pods within about a minute.
set -euo pipefail
# shellcheck source=src/main/bash/node.sh
source "$(dirname "$0")/node.sh"

main() {
  end_on_signal
  local waiting=("${!HOSTS[@]}") left ordinal
  while [ "${#waiting[@]}" -gt 0 ]; do
    left=()
    for ordinal in "${waiting[@]}"; do
      try_reload "${HOSTS[$ordinal]}" || left+=("$ordinal")
    done
    waiting=("${left[@]}")
    [ "${#waiting[@]}" = 0 ] || pause
  done
}

try_reload() {
  if ! accepts "$1"; then
    say_once "waiting for $1 to accept connections"
  elif ! run reload "$1" >"$ANSWER" 2>"$COMPLAINT"; then
    say_once "waiting for $1: $(complaint)"
  elif grep -qx 'current' "$ANSWER"; then
    log "$1 runs with revision $REVISION"
    return 0
  else
    say_once "waiting for the kubelet to bring revision $REVISION to $1"
  fi
  return 1
}

ANSWER=${TMPDIR:-/tmp}/answer

# Says what the server runs with: 'current', or 'older'. A server that has the new files but has not read them is told to.
reload() {
  superuser "$1" <<SQL
SELECT coalesce(current_setting('streamset.revision', true), '') = '$REVISION' AS current,
       EXISTS (SELECT FROM pg_file_settings WHERE name = 'streamset.revision' AND setting = '$REVISION') AS arrived \\gset
\\if :current
\\echo current
\\else
\\echo older
\\if :arrived
SELECT pg_reload_conf() \\g /dev/null
\\endif
\\endif
SQL
}

main
