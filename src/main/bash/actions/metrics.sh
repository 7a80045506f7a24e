# shellcheck shell=bash
# What the exporter of metrics needs where a stack has one: a role, which the node of the server that writes makes as it makes that of
# the nodes, and the password of that role in a file that the exporter reads. Sourced after sql.sh and set_password.sh.
#
# The exporter is a container of its own and has neither the socket, through which everybody is the superuser, nor the Secret. So it
# logs in through the loopback address of the pod, where this role needs its password.

METRICS_PASSWORD=${METRICS_PASSWORD:-}                                # that file; nothing without metrics
METRICS_MARK='made by streamset: its exporter logs in as this role' # a role without it belongs to somebody else
HANDED_OUT=''                                                         # the superuser's, from which the one in the file follows
LOOPBACK=${STREAMSET_LOOPBACK:-localhost}

# On standbys too, each of which has an exporter.
hand_out_metrics_password() {
  local secret
  [ -n "$METRICS_PASSWORD" ] || return 0
  look_at_password postgres secret || true
  is_usable_password "$secret" && [ "$secret" != "$HANDED_OUT" ] || return 0
  (umask 077 && password "$METRICS_ROLE" >"$METRICS_PASSWORD.new") || return 1
  mv -f "$METRICS_PASSWORD.new" "$METRICS_PASSWORD" || return 1
  HANDED_OUT=$secret
}

# Called by set_passwords, after make_node_role. Logged in as the role itself, it shows that the exporter can, and that this version
# has made it.
make_metrics_role() {
  local secret statements digest
  [ -n "$METRICS_PASSWORD" ] || return 0
  secret=$(password postgres 2>/dev/null) && is_usable_password "$secret" || return 0 # which is said elsewhere
  digest=$(printf '%s' "$METRICS_ROLE_SQL" | sha256sum) || return 1
  digest=${digest:0:16}
  if attempt run session "$METRICS_ROLE" "$REPLICATION" "$LOOPBACK" "$LOGIN_SECONDS" \
    <<<"SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = current_user" &&
    answers_with_line "$METRICS_MARK, $digest"; then
    return 0
  fi
  statements=$(password_statements "$METRICS_ROLE") || return 1
  query_as_superuser "$(own_server)" $((STATEMENT_SECONDS + LOGIN_SECONDS)) <<SQL || return 1
\\set mark $(sql_quoted "$METRICS_MARK")
BEGIN;
$METRICS_ROLE_SQL
$statements
COMMENT ON ROLE $METRICS_ROLE IS '$METRICS_MARK, $digest';
COMMIT;
SQL
  log "role $METRICS_ROLE has what metrics need from now on"
}

# Beside pg_monitor, it sees what the server refuses in its conf files: that is a failed reload. Connections are few, so that an
# exporter that goes wrong leaves those of clients alone.
IFS= read -r -d '' METRICS_ROLE_SQL <<'SQL' || true # false at the end, where it should end
SELECT CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'streamset_metrics'
                            AND NOT starts_with(coalesce(shobj_description(oid, 'pg_authid'), ''), :'mark'))
            THEN 'DO $$BEGIN RAISE ''there is a role "streamset_metrics" of somebody else''; END$$' END \gexec
SELECT 'CREATE ROLE streamset_metrics' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'streamset_metrics') \gexec
ALTER ROLE streamset_metrics WITH LOGIN NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 5;
GRANT pg_monitor TO streamset_metrics;
GRANT CONNECT ON DATABASE postgres TO streamset_metrics;
GRANT SELECT ON pg_file_settings, pg_hba_file_rules TO streamset_metrics;
GRANT EXECUTE ON FUNCTION pg_show_all_file_settings(), pg_hba_file_rules() TO streamset_metrics;
SQL
