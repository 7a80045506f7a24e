# shellcheck shell=bash
# The role with which nodes query each other. The node of the server that writes makes it, through its socket, and standbys get it
# with the WAL. So it comes to a cluster that exists already as to a new one, without a Job. Sourced after sql.sh, data.sh,
# set_password.sh and job_functions.sh.
#
# It may read the state of a server (pg_monitor), promote it, and read its files, which pg_rewind needs and documents. It changes
# nothing in a database but what the restore test has found. The rest takes a superuser, and functions do it for it: they get numbers and
# no text, and make and drop the slots of standbys, or read or write one file of one form each. They are on standbys too, where they
# write it as well.
#
# CronJobs, and those Jobs that need no more than this, log in as this role too.

NODE_MARK='made by streamset: its nodes query each other as this role' # a role without it belongs to somebody else

# Called by set_passwords, in its process and with its limits: once for each start of a primary, and for each change of the Secret.
# Logged in as the role itself, through the network, it shows that the others can, and that this version has made it.
make_node_role() {
  local secret more digest
  secret=$(password postgres 2>/dev/null) && is_usable_password "$secret" || return 0 # which is said elsewhere
  compose_node_role more digest || return 1
  if attempt run session "$NODE_ROLE" "$NODE" "${HOSTS[$ORDINAL]}" "$LOGIN_SECONDS" \
    <<<"SELECT obj_description(to_regnamespace('streamset')::oid, 'pg_namespace')" && answers_with_line "$digest"; then
    return 0
  fi
  write_node_role "$more" "$digest" $((STATEMENT_SECONDS + LOGIN_SECONDS)) || return 1
  log "role $NODE_ROLE has what nodes need of each other from now on"
}

# Sets MORE to the statements that only some versions and clusters need, and DIGEST to what the schema has from all of them.
compose_node_role() { # MORE DIGEST
  local composed sum
  composed=$(node_grants && archive_functions && functions_of_jobs) || return 1
  sum=$(printf '%s' "$NODE_MARK$NODE_ROLE_SQL$composed" | sha256sum) || return 1
  printf -v "$1" '%s' "$composed"
  printf -v "$2" '%s' "${sum:0:16}"
}

# Through the socket, and all at once.
write_node_role() { # MORE DIGEST SECONDS
  local statements
  statements=$(password_statements "$NODE_ROLE") || return 1
  query_as_superuser "$(own_server)" "$3" <<SQL
\\set mark $(sql_quoted "$NODE_MARK")
BEGIN;
$NODE_ROLE_SQL
$1
$statements
COMMENT ON SCHEMA streamset IS '$2';
COMMIT;
SQL
}

# Connection options that only a superuser may set, unless it lets others, from 15 on. Up to 14 they are the role's own in this
# database, which count more than those of the database, of all roles, and in conf files.
node_grants() {
  local setting
  for setting in "${OF_SUPERUSERS[@]}"; do
    if ((MAJOR >= 15)); then
      printf 'GRANT SET ON PARAMETER %s TO streamset;\n' "${setting%%=*}"
    else
      # as this session has them: an empty list of libraries in words would be stored as one that has no name
      printf 'ALTER ROLE streamset IN DATABASE postgres SET %s FROM CURRENT;\n' "${setting%%=*}"
    fi
  done
}

# By which CronJobs speak with the archiver, where there is one: a task of the server that writes, one at a time, and what came of it.
archive_functions() {
  local request answer
  [ -n "${ARCHIVE_SPOOL:-}" ] || return 0
  request=$(sql_quoted "$ARCHIVE_SPOOL/request")
  answer=$(sql_quoted "$ARCHIVE_SPOOL/answer.")
  cat <<SQL
CREATE OR REPLACE FUNCTION streamset.request(task integer, id uuid) RETURNS text
  LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS \$\$
BEGIN
  IF pg_is_in_recovery() OR (pg_stat_file($request, true)).size IS NOT NULL THEN RETURN 'busy'; END IF;
  EXECUTE format('COPY (SELECT %L) TO %L', id || ' ' || CASE task WHEN 1 THEN 'full' WHEN 2 THEN 'incremental' ELSE 'verify' END, $request);
  RETURN 'asked';
END
\$\$;
CREATE OR REPLACE FUNCTION streamset.answer(id uuid) RETURNS text
  LANGUAGE sql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS \$\$
SELECT coalesce(pg_read_file($answer || id, 0, 4096, true),
                CASE WHEN (pg_stat_file($request, true)).size IS NOT NULL THEN 'waiting' END, '')
\$\$;
REVOKE ALL ON FUNCTION streamset.request(integer, uuid), streamset.answer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION streamset.request(integer, uuid), streamset.answer(uuid) TO streamset;
SQL
}

functions_of_jobs() {
  slots_function streamset "$(slot_name "${HOSTNAME%-*}")" # of this StatefulSet
  cat <<SQL
CREATE OR REPLACE FUNCTION streamset.ready() RETURNS text
  LANGUAGE sql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS \$\$$(ready_sql)\$\$;
REVOKE ALL ON FUNCTION streamset.ready(), streamset.slots(text, integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION streamset.ready(), streamset.slots(text, integer[]) TO streamset;
SQL
}

IFS= read -r -d '' NODE_ROLE_SQL <<'SQL' || true # false at the end, where it should end
SELECT CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'streamset' AND shobj_description(oid, 'pg_authid') IS DISTINCT FROM :'mark')
              OR EXISTS (SELECT FROM pg_namespace JOIN pg_roles ON pg_roles.oid = nspowner WHERE nspname = 'streamset' AND rolname <> 'postgres')
            THEN 'DO $$BEGIN RAISE ''there is a role or a schema "streamset" of somebody else''; END$$' END \gexec
SELECT 'CREATE ROLE streamset' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'streamset') \gexec
COMMENT ON ROLE streamset IS :'mark';
ALTER ROLE streamset WITH LOGIN NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS;
GRANT pg_monitor TO streamset;
GRANT CONNECT ON DATABASE postgres TO streamset;
GRANT EXECUTE ON FUNCTION pg_promote(boolean, integer), pg_ls_dir(text, boolean, boolean), pg_stat_file(text, boolean),
  pg_read_binary_file(text), pg_read_binary_file(text, bigint, bigint, boolean) TO streamset;
CREATE SCHEMA IF NOT EXISTS streamset;
GRANT USAGE ON SCHEMA streamset TO streamset;
CREATE OR REPLACE FUNCTION streamset.checkpoint() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'BEGIN CHECKPOINT; END';
CREATE OR REPLACE FUNCTION streamset.announce(primary_ordinal integer, lost integer[], keep_diverged boolean, generation bigint)
  RETURNS void LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('COPY (SELECT line FROM unnest(%L::text[]) WITH ORDINALITY AS lines (line, number) ORDER BY number) TO %L',
    ARRAY['primary=' || primary_ordinal, 'lost=' || array_to_string(lost, ' '), 'keep_diverged=' || keep_diverged::text,
          'generation=' || generation],
    trim(split_part(current_setting('unix_socket_directories'), ',', 1)) || '/streamset.topology');
END
$$;
REVOKE ALL ON FUNCTION streamset.checkpoint(), streamset.announce(integer, integer[], boolean, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION streamset.checkpoint(), streamset.announce(integer, integer[], boolean, bigint) TO streamset;
SQL
