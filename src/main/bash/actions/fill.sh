# shellcheck shell=bash
# What shortens the end of a server that hands over, during which nobody writes, and is done while clients still write. Sourced after
# sql.sh and checkpoint.sh.
#
# A server that archives fills its last segment of WAL when it stops, and ends when its standbys have all of that. So most of the segment is
# filled before. A quarter is left for what clients write until then; where they write more, the next segment is begun, and the end
# takes as long as it would have.

FILL_SECONDS=10

FILL_SQL="
SELECT CASE WHEN current_setting('archive_mode') = 'off' THEN 0
            ELSE greatest(0, size * 3 / 4 - mod(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0'), size))::bigint / 65536
       END AS messages
  FROM (SELECT setting::numeric AS size FROM pg_settings WHERE name = 'wal_segment_size') AS segment \\gset
SELECT count(pg_logical_emit_message(false, 'streamset', repeat(' ', 65536))) AS written FROM generate_series(1, :messages) \\gset
SELECT :messages > 0 AS filled;
"

# The last megabyte is on its way while clients write.
SENT_SQL="SELECT coalesce(min(flush_lsn) > pg_current_wal_flush_lsn() - 1048576, true) FROM pg_stat_replication WHERE state = 'streaming'"

# The checkpoint shortens the one of the end. Nobody waits for standbys where nothing was filled.
prepare_the_end() { # HOST
  local limit=0 filled=no
  if ! query "$1" "$FILL_SECONDS" <<<"$FILL_SQL"; then
    log "the last segment of WAL is not filled before the handover: $(complaint)"
  elif answers_with_line t; then
    filled=yes
  fi
  checkpoint_on "$1" || log "no checkpoint before the handover: $(complaint)"
  if [ "$filled" = yes ]; then limit=$((SECONDS + FILL_SECONDS)); fi
  until ((SECONDS >= limit)) || { query "$1" "$FILL_SECONDS" <<<"$SENT_SQL" && answers_with_line t; }; do pause 0.1; done
}
