# shellcheck shell=bash
# Whether a server counts as started, as an SQL condition for a superuser's session there: as a standby, it streams.
#
# A standby that replays late (recovery_min_apply_delay) counts as started meanwhile: it first replays what it has, with its
# delay, and streams only after that.
#
# A former primary streams after it has handed over. If a rolling restart went on before that, it could stop the pod that is about
# to become primary, and writes would pause for longer. The wait is limited, because that pod may itself need the restart to run.

HAND_OVER_SECONDS=20

started_sql() {
  cat <<SQL
   (NOT pg_is_in_recovery()
    OR current_setting('primary_conninfo') = ''
       AND clock_timestamp() - pg_postmaster_start_time() > interval '$HAND_OVER_SECONDS s'
    OR EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')
    OR EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'startup' AND wait_event = 'RecoveryApplyDelay'))
SQL
}
