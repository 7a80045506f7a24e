# shellcheck shell=bash
# What becomes of the archive, in a table of the server that writes. Standbys get it with the WAL, so it outlives pods and handovers; the
# exporter of metrics reads it. Sourced after sql.sh and tool.sh.
#
# It has a row for each task of one archive: when it last succeeded, and since when it has failed. A restored cluster brings rows of
# another archive along. The archiver drops them and makes its own; whoever else has done a task only changes a row of the same place.

TASKS=(
  backup verify restoretest
  wal   # from the newest base backup on, the archive has all
  queue # the server waits for the archive
)

# False as long as the node has not made the schema (see actions/node_role.sh).
table_sql() {
  local place
  place_of_archive place || return 1
  place=$(sql_quoted "$place")
  cat <<SQL
BEGIN;
CREATE TABLE IF NOT EXISTS streamset.archive (place text, task text, since timestamptz NOT NULL DEFAULT now(),
  succeeded timestamptz, failed timestamptz, fault text, PRIMARY KEY (place, task));
GRANT USAGE ON SCHEMA streamset TO pg_monitor;
GRANT SELECT ON streamset.archive TO pg_monitor;
GRANT UPDATE (succeeded, failed, fault) ON streamset.archive TO streamset; -- the restore test
DELETE FROM streamset.archive WHERE place <> $place;
INSERT INTO streamset.archive (place, task) SELECT $place, unnest('{$(IFS=,; echo "${TASKS[*]}")}'::text[]) ON CONFLICT DO NOTHING;
COMMIT;
SQL
}

# Without SECONDS (since 1970) it succeeded just now. A success does not hide a failure that came after it.
record_sql() { # TASK FAULT-OR-NOTHING SECONDS-OR-NOTHING
  local place moment='now()'
  place_of_archive place || return 1
  [ -z "$3" ] || moment="to_timestamp($3)"
  if [ -n "$2" ]; then
    printf 'UPDATE streamset.archive SET failed = coalesce(failed, now()), fault = %s' "$(sql_quoted "$(storable "$2")")"
  else
    printf 'UPDATE streamset.archive SET succeeded = greatest(succeeded, %s), %s, %s' "$moment" \
      "failed = CASE WHEN failed > $moment THEN failed END" "fault = CASE WHEN failed > $moment THEN fault END"
  fi
  printf ' WHERE place = %s AND task = %s;\n' "$(sql_quoted "$place")" "$(sql_quoted "$1")"
}

# What is decrypted with a wrong passphrase is in the words of the tool, and no server stores that.
storable() { LC_ALL=C tr -cd '\040-\176' <<<"$1"; } # TEXT
