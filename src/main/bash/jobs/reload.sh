#!/usr/bin/env bash
# Job: every server reads the conf files of this revision. The kubelet brings them to the pods within about a minute.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/node.sh
source "$SCRIPTS/shared/node.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"

main() {
  end_on_signal
  read_topology
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
    say_once "$1" "waiting for $1 to accept connections"
  elif ! run reload "$1" >"$ANSWER" 2>"$COMPLAINT"; then
    say_once "$1" "waiting for $1: $(complaint)"
  elif grep -q '^mistake: ' "$ANSWER"; then
    fail "$1 cannot run with revision ${TOPOLOGY[revision]}: $(sed -n 's/^mistake: //p' "$ANSWER")" \
      'correct the file and deploy again: until then the servers run with what they have, but none can start'
  elif grep -q '^overruled: ' "$ANSWER"; then
    fail "$1 runs with revision ${TOPOLOGY[revision]}, but ALTER SYSTEM overrules it: $(sed -n 's/^overruled: //p' "$ANSWER")" \
      "there: ALTER SYSTEM RESET <parameter>; the declared value then holds at the next reload"
  elif grep -q '^small: ' "$ANSWER"; then
    say_once "$1" "waiting for the volume of $1 to grow: the WAL of revision ${TOPOLOGY[revision]} needs a file system of $((TOPOLOGY[wal_kilobytes] >> 10)) MB, this one has $(sed -n 's/^small: //p' "$ANSWER"); what to do: docs/operations.md, Growing a volume"
  elif grep -qx 'current' "$ANSWER"; then
    log "$1 runs with revision ${TOPOLOGY[revision]}"
    return 0
  else
    say_once "$1" "waiting for the kubelet to bring revision ${TOPOLOGY[revision]} to $1"
  fi
  return 1
}

# Says what the server runs with: 'current', or 'older'; or the first mistake in the files that have arrived, or which of
# their settings do not hold, or that its volume is still too small for them. A server that has the new files but has not
# read them is told to. What only a restart can change is no mistake.
reload() {
  superuser "$1" <<SQL
WITH mistakes AS (
  SELECT concat_ws(': ', 'line ' || file.sourceline || ' of ' || file.sourcefile, name, error) AS mistake
    FROM pg_file_settings AS file LEFT JOIN pg_settings USING (name)
   WHERE error IS NOT NULL AND (context = 'postmaster' AND error = 'setting could not be applied') IS NOT TRUE
  UNION ALL
  SELECT 'line ' || line_number || ' of ' || current_setting('hba_file') || ': ' || error
    FROM pg_hba_file_rules
   WHERE error IS NOT NULL
), overruled AS (
  SELECT string_agg(name, ', ' ORDER BY name) AS names
    FROM pg_settings
   WHERE sourcefile <> current_setting('config_file')
     AND name IN (SELECT name FROM pg_file_settings WHERE sourcefile = current_setting('config_file'))
)
SELECT coalesce(current_setting('streamset.revision', true), '') = '${TOPOLOGY[revision]}' AS current,
       (SELECT names IS NOT NULL FROM overruled) AS differs,
       (SELECT names FROM overruled) AS overruled,
       EXISTS (SELECT FROM pg_file_settings WHERE name = 'streamset.revision' AND setting = '${TOPOLOGY[revision]}') AS arrived,
       EXISTS (SELECT FROM mistakes) AS wrong,
       (SELECT mistake FROM mistakes LIMIT 1) AS mistake \\gset
\\if :arrived
\\if :wrong
\\echo mistake: :mistake
\\quit
\\endif
\\endif
\\if :current
\\if :differs
\\echo overruled: :overruled
\\else
\\echo current
\\endif
\\elif :arrived
COPY (SELECT 1 WHERE false) TO PROGRAM 'df -Pk pg_wal >/tmp/pg_wal.df';
SELECT kilobytes < ${TOPOLOGY[wal_kilobytes]} AS small, pg_size_pretty(kilobytes * 1024) AS size
  FROM (SELECT (regexp_match(pg_read_file('/tmp/pg_wal.df'), '\\n\\S+\\s+(\\d+)'))[1]::bigint AS kilobytes) AS file_system \\gset
\\if :small
\\echo small: :size
\\else
\\echo older
SELECT pg_reload_conf() \\g /dev/null
\\endif
\\else
\\echo older
\\endif
SQL
}

main
