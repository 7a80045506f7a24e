# shellcheck shell=bash
# Announcing to a running node what is declared, before the kubelet brings it. Sourced after topology.sh and sql.sh.
#
# The server of that node writes it to files in its socket folder, as plain text; the node reads them within a second (see
# shared/topology.sh and actions/early.sh). Nothing in them is executed. A standby's server can write them too. The roles are written
# by a function where there is one, because nodes announce them too (see actions/node_role.sh).

ANNOUNCE_SECONDS=5

announce() { # HOST
  query "$1" "$ANNOUNCE_SECONDS" <<SQL
SELECT to_regprocedure('streamset.announce(integer, integer[], boolean, bigint)') IS NOT NULL AS made \\gset
\\if :made
SELECT streamset.announce(${TOPOLOGY[primary]}, '{${TOPOLOGY[lost]// /,}}', ${TOPOLOGY[keep_diverged]}, ${TOPOLOGY[generation]});
\\else
SELECT $(sockets_sql) || '/streamset.topology' AS file \\gset
COPY (SELECT line
        FROM (VALUES (1, 'primary=${TOPOLOGY[primary]}'), (2, 'lost=${TOPOLOGY[lost]}'),
                     (3, 'keep_diverged=${TOPOLOGY[keep_diverged]}'), (4, 'generation=${TOPOLOGY[generation]}')) AS lines (number, line)
       ORDER BY number)
  TO :'file';
\\endif
SQL
}

# The conf files in this folder, for the revision that is declared. They may contain a secret, such as one of LDAP in pg_hba.conf,
# so no log and no extension records the statements. The last file says that the others are complete.
announce_conf() { # HOST FOLDER
  local SUPERUSER="$SUPERUSER $SECRETS"
  local postgresql_conf pg_hba_conf postgresql_digest pg_hba_digest
  postgresql_conf=$(base64 -w 0 <"$2/postgresql.conf") && pg_hba_conf=$(base64 -w 0 <"$2/pg_hba.conf") &&
    postgresql_digest=$(sha256sum <"$2/postgresql.conf") && pg_hba_digest=$(sha256sum <"$2/pg_hba.conf") || return 1
  query "$1" "$ANNOUNCE_SECONDS" <<SQL
SELECT folder || '/streamset.conf' AS declaration, folder || '/streamset.postgresql.conf' AS postgresql_conf,
       folder || '/streamset.pg_hba.conf' AS pg_hba_conf
  FROM (SELECT $(sockets_sql) AS folder) AS sockets \\gset
COPY (SELECT '$postgresql_conf') TO :'postgresql_conf';
COPY (SELECT '$pg_hba_conf') TO :'pg_hba_conf';
COPY (SELECT line
        FROM (VALUES (1, 'revision=${TOPOLOGY[revision]}'), (2, 'wal_kilobytes=${TOPOLOGY[wal_kilobytes]}'),
                     (3, 'pod=${TOPOLOGY[pod]}'), (4, 'generation=${TOPOLOGY[generation]}'),
                     (5, 'postgresql_conf=${postgresql_digest%% *}'), (6, 'pg_hba_conf=${pg_hba_digest%% *}'))
               AS lines (number, line)
       ORDER BY number)
  TO :'declaration';
SQL
}
