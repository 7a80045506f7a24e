# shellcheck shell=bash
# The role for replication, with its password. Sourced after sql.sh, by Jobs whose psql has no terminal: it reads the
# passwords from standard input.

# The password stays here: \password computes the SCRAM verifier that the server stores, and sends nothing else. It reads the
# next two lines.
set_role() { # HOST
  local secret
  secret=$(password replicator)
  [[ $secret != *[$'\r\n']* ]] ||
    fail 'the password of replicator has more than one line: no standby could connect with it' \
      'declare another one'
  query "$1" <<SQL
SELECT 'CREATE ROLE replicator' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator') \\gexec
\\password replicator
$secret
$secret
ALTER ROLE replicator WITH LOGIN REPLICATION;
SQL
}
