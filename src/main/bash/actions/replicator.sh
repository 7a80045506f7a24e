# shellcheck shell=bash
# The role for replication, with its password. Sourced after sql.sh and set_password.sh, by Jobs whose psql has no terminal.

SECRET_SECONDS=150 # until the kubelet has brought a changed Secret to the primary; about a minute is usual

set_role() { # HOST
  local secret statements
  secret=$(password replicator)
  is_usable_password "$secret" ||
    fail 'the password of replicator is empty, or has more than one line: no standby could connect with it' \
      'declare another one'
  statements=$(password_statements replicator) || return 1
  query "$1" <<SQL
SELECT 'CREATE ROLE replicator' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator') \\gexec
$statements
ALTER ROLE replicator WITH LOGIN REPLICATION;
SQL
}

# The superuser's password has changed, and the node sets it when it has it (see actions/passwords.sh).
say_refused() { # HOST
  if ((SECONDS < SECRET_SECONDS)); then
    say_once "$1" "waiting for $1 to have the declared password of postgres: that node sets it when the kubelet has brought the Secret"
  else
    say_once "$1" "role postgres has another password than declared, and the log of ${1%%.*} says why, if the node cannot set it; what to do: $(kubectl_here) exec -it ${1%%.*} -c postgresql -- psql -U postgres -c '\\password postgres'"
  fi
}
