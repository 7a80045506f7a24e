# shellcheck shell=bash
# Setting a role's password. Sourced after sql.sh, by what has a psql without a terminal: it then reads passwords from standard input.

# For psql. The password stays with it: \password computes the SCRAM verifier that the server stores, and sends nothing else. It
# reads the next two lines.
password_statements() { # ROLE, as psql reads a name
  local secret
  secret=$(password "$1") || return 1
  printf '\\password "%s"\n%s\n%s\n' "$1" "$secret" "$secret"
}
