#!/usr/bin/env bash
# Job: ends when every server runs with the conf files of this revision. The kubelet brings them to running pods only within about a
# minute, but to this new one at once; so the Job announces them. Each node adopts them by itself (see actions/conf.sh); the Job
# waits for that, and reports why it does not happen.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/actions/announce.sh
source "$SCRIPTS/actions/announce.sh"
# shellcheck source=src/main/bash/actions/await_revision.sh
source "$SCRIPTS/actions/await_revision.sh"

main() {
  end_on_signal
  read_topology
  await_revision
}

runs_with_the_revision() { # HOST; true also if it gets the revision with its restart
  local revision=${TOPOLOGY[revision]} pod=${1%%.*}
  if ! accepts "$1"; then
    say_once "$1" "waiting for $1 to accept connections"
  elif ! look "$1"; then
    say_once "$1" "waiting for $1: $(complaint)"
  elif says mistake; then
    fail "$1 cannot run with revision $revision: $(found mistake)" \
      'correct the file and deploy again: until then the servers run on with what they have, but none can start'
  elif says overridden; then
    fail "$1 runs with revision $revision, but ALTER SYSTEM overrides it: $(found overridden)" \
      "there: ALTER SYSTEM RESET <parameter>; the declared value then applies from the next reload"
  elif says pending; then
    fail "$1 runs with revision $revision, but these take effect only after a restart: $(found pending)" \
      "$(kubectl_here) rollout restart statefulset ${pod%-*}, then deploy again"
  elif says current; then
    log "$1 runs with revision $revision"
    return 0
  elif says another-pod; then
    log "$1 gets revision $revision with its restart"
    return 0
  elif says waits; then
    say_once "$1" "waiting for the volume of $1 to grow: $(found waits); what to do: docs/operations.md, Growing a volume"
  elif announce_conf_in_time "$1"; then
    say_once "$1" "waiting for $1 to adopt revision $revision"
  else
    say_once "$1" "waiting for the kubelet to bring revision $revision to $1"
  fi
  return 1
}

# Reports what the server runs with: the first mistake in the declared files once they have arrived, or which of their settings
# are not in effect, or 'current', or that its pod is not the declared one, or why its node waits. A change that needs a restart
# is not a mistake.
look() { # HOST
  query "$1" <<SQL
WITH mistakes AS (
  SELECT concat_ws(': ', 'line ' || file.sourceline || ' of ' || file.sourcefile, name, error) AS mistake
    FROM pg_file_settings AS file LEFT JOIN pg_settings USING (name)
   WHERE error IS NOT NULL AND (context = 'postmaster' AND error = 'setting could not be applied') IS NOT TRUE
  UNION ALL
  SELECT 'line ' || line_number || ' of ' || current_setting('hba_file') || ': ' || error
    FROM pg_hba_file_rules
   WHERE error IS NOT NULL AND error NOT LIKE '%record cannot match because%' -- for TLS, where there is none
), overridden AS (
  -- not pg_settings, which has what this session sets for itself
  SELECT string_agg(DISTINCT name, ', ' ORDER BY name) AS names
    FROM pg_file_settings
   WHERE sourcefile <> current_setting('config_file')
     AND name IN (SELECT name FROM pg_file_settings WHERE sourcefile = current_setting('config_file'))
), pending AS (
  -- not what a standby starts with when its primary had more than is declared: see standby_floors
  SELECT string_agg(name, ', ' ORDER BY name) AS names
    FROM pg_settings
   WHERE pending_restart AND source <> 'command line'
)
SELECT coalesce(current_setting('streamset.revision', true), '') = '${TOPOLOGY[revision]}' AS current,
       coalesce(current_setting('streamset.pod', true), '') <> '${TOPOLOGY[pod]}' AS another_pod,
       (SELECT names IS NOT NULL FROM overridden) AS differs,
       (SELECT names FROM overridden) AS overridden,
       (SELECT names IS NOT NULL FROM pending) AS waits_for_a_restart,
       (SELECT names FROM pending) AS pending,
       EXISTS (SELECT FROM pg_file_settings WHERE name = 'streamset.revision' AND setting = '${TOPOLOGY[revision]}')
         AND EXISTS (SELECT FROM mistakes) AS wrong,
       (SELECT mistake FROM mistakes LIMIT 1) AS mistake \\gset
\\if :wrong
\\echo mistake: :mistake
\\elif :current
\\if :differs
\\echo overridden: :overridden
\\elif :waits_for_a_restart
\\echo pending: :pending
\\else
\\echo current: yes
\\endif
\\elif :another_pod
\\echo another-pod: yes
\\else
SELECT 'waits: ' || split_part(pg_read_file($(sockets_sql) || '/streamset.waits', 0, 1000, true), E'\\n', 1);
\\endif
SQL
}

main
