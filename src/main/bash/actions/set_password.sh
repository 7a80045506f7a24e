# shellcheck shell=bash
# Setting a role's password. Sourced after sql.sh, by what has a psql without a terminal: it then reads passwords from standard input.

# For psql. The password stays with it: \password computes the SCRAM verifier that the server stores, and sends nothing else. It
# reads the next two lines. The server stores a verifier as it is.
password_statements() { # ROLE, as psql reads a name
  local secret
  secret=$(password "$1") || return 1
  if is_verifier "$secret"; then
    printf 'ALTER USER "%s" PASSWORD '\''%s'\'';\n' "$1" "$secret"
  else
    printf '\\password "%s"\n%s\n%s\n' "$1" "$secret" "$secret"
  fi
}

# --- marks ---
# A role of a database has a mark, which tells the node that writes two things: that the Job took the role, so that the node may set its
# password, and whether that is the one in the Secret (see passwords.sh). Logging in would not tell: the author's pg_hba.conf decides
# whether such a role gets in from here.
#
# It is a setting of the role, so standbys and backups have it. Everybody can read it, and learns nothing: it is a digest over the
# password and the stored verifier, which only superusers can read. For them too, a guess takes as many rounds as with the verifier.

MARK=streamset.password
MARK_ROUNDS=4096 # as many as the verifier

# For a FROM: the roles that exist, as role, with the mark that fits the password in the Secret and the verifier.
marks_sql() { # ROLE...
  local role digest rows=''
  for role in "$@"; do
    digest=$(printf '%s\n%s' "$role" "$(password "$role")" | sha256sum) || return 1
    rows+="${rows:+, }($(sql_quoted "$role"), '${digest:0:64}')"
  done
  cat <<SQL
(VALUES $rows) AS secret(role, digest)
  JOIN pg_authid ON rolname = role
 CROSS JOIN LATERAL (
  WITH RECURSIVE stretched(count, value) AS (
    SELECT 1, sha256(convert_to(digest || coalesce(rolpassword, ''), 'UTF8'))
     UNION ALL
    SELECT count + 1, sha256(value) FROM stretched WHERE count < $MARK_ROUNDS)
  SELECT encode(value, 'hex') AS mark FROM stretched WHERE count = $MARK_ROUNDS) AS fitting
SQL
}

# For the end of a transaction that sets their passwords, which must be read after this: if the Secret changes in between, the mark
# does not fit, and the node sets the password again. The digests are of passwords, so pg_stat_activity must not show them.
mark_statements() { # ROLE...
  local marks
  marks=$(marks_sql "$@") || return 1
  printf '%s\n' 'SET LOCAL track_activities = off;' \
    "SELECT format('ALTER ROLE %I SET $MARK = %L', role, mark) FROM $marks \\gexec"
}
