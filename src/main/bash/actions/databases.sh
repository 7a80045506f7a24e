# shellcheck shell=bash
# Databases with their roles and extensions, as the stack declares them. Sourced after sql.sh and set_password.sh, by Jobs whose psql
# has no terminal.
#
# What is there already is completed, and otherwise left as it is. Nothing is ever dropped. A database appears in one step: it is
# made under another name, by which only superusers can connect, and renamed when it has everything.
#
# Names are data. SQL gets them as literals, and format() quotes them where they become part of a statement; databases are
# connected to by a quoted value of a connection string, because psql reads a name with a = as a whole one.

STEP_SECONDS=120  # for all statements of one step; copying the template takes the longest
MOST_FAILURES=5   # of statements, before the server's complaint counts as its last word
LOCK_SECONDS=10   # for a lock that somebody else holds

DATABASES=${DATABASES:-}
PASSWORDS_SECRET=${PASSWORDS_SECRET:-} # its name, for people

# By place: what belongs to one database. Names of roles and extensions have no blanks.
NAMES=() OWNERS=() READERS=() EXTENSIONS=()
ROLES=() # each once
FAILURES=0

read_databases() {
  local line role
  while IFS= read -r line; do
    case $line in
      database=*) NAMES+=("${line#*=}") OWNERS+=('') READERS+=('') EXTENSIONS+=('') ;;
      owner=*) OWNERS[-1]=${line#*=} ;;
      reader=*) READERS[-1]+=" ${line#*=}" ;;
      extension=*) EXTENSIONS[-1]+=" ${line#*=}" ;;
      *) fail "DATABASES is refused: it has a line that begins with none of database=, owner=, reader= and extension=" ;;
    esac
  done <<<"$DATABASES"
  # shellcheck disable=SC2068  # several readers of one database are one text
  for role in "${OWNERS[@]}" ${READERS[@]}; do
    [[ " ${ROLES[*]} " == *" $role "* ]] || ROLES+=("$role")
  done
}

# Before anything is made: a role without a password would be half of one.
check_passwords() {
  local role secret missing=()
  for role in "${ROLES[@]}"; do
    if [ ! -r "$PASSWORDS/$role" ]; then
      missing+=("$role")
      continue
    fi
    secret=$(password "$role")
    [ -n "$secret" ] || missing+=("$role")
    [[ $secret != *[$'\r\n']* ]] ||
      fail "the password of $role has more than one line: nobody could log in with it" 'declare another one'
  done
  [ "${#missing[@]}" = 0 ] || fail "the Secret $PASSWORDS_SECRET has no password for: ${missing[*]}" \
    "$(kubectl_here) patch secret $PASSWORDS_SECRET -p $(patch_of "${missing[@]}"), or have whoever manages it do that; then deploy again"
}

patch_of() { # ROLE...
  local role text=''
  for role in "$@"; do text+="${text:+,}\\\"$role\\\":\\\"\$(openssl rand -base64 24)\\\""; done
  printf '"{\\"stringData\\":{%s}}"' "$text"
}

# Returns false if it has to be tried again; ends the Job where trying again would not help.
make_databases() { # HOST
  local place
  if ! in_database postgres "$1" <<<'SELECT pg_is_in_recovery()'; then
    complain "$1"
    return 1
  elif ! answers_with_line f; then
    say_once "$1" "waiting for $1 to write"
    return 1
  fi
  if ! refuse_what_differs "$1" || ! make_roles "$1"; then
    complain "$1"
    return 1
  fi
  for place in "${!NAMES[@]}"; do
    if ! make_database "$1" "$place"; then
      complain "$1"
      return 1
    fi
  done
}

# The server's own words. A statement that fails again and again will not succeed later.
complain() { # HOST
  if complains_about 'password authentication failed'; then
    say_once "$1" "waiting for $1 to have the declared password of postgres: see the Job replicator"
    return 0
  fi
  say_once "$1" "waiting for $1: $(complaint)"
  if complains_about 'ERROR:' && ((++FAILURES >= MOST_FAILURES)); then
    fail "$1 does not make the databases: $(complaint)" 'remove the reason, then deploy again: what has been made is kept'
  fi
}

# --- what cannot become as declared ---
refuse_what_differs() { # HOST
  local line refused='' extensions=()
  IFS=' ' read -r -a extensions <<<"${EXTENSIONS[*]}"
  in_database postgres "$1" <<SQL || return 1
WITH declared(name, owner) AS (VALUES $(declared_rows))
SELECT format('database %I belongs to the role %I instead of %I: left as it is', datname, rolname, declared.owner)
  FROM declared JOIN pg_database ON datname = declared.name JOIN pg_roles ON pg_roles.oid = datdba
 WHERE rolname <> declared.owner
UNION ALL
SELECT format('database %I is a template, or takes no connections: left as it is', datname)
  FROM declared JOIN pg_database ON datname = declared.name
 WHERE datistemplate OR NOT datallowconn
UNION ALL
SELECT format('role %I has more rights than one of a database: superuser, createrole, replication or bypassrls; left as it is', rolname)
  FROM pg_roles
 WHERE rolname = ANY (ARRAY[$(quoted_list "${ROLES[@]}")]) AND (rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls)
UNION ALL
SELECT format('extension %I is not in the image of the servers', name)
  FROM unnest(ARRAY[$(quoted_list "${extensions[@]}")]::text[]) AS name
 WHERE name NOT IN (SELECT available.name FROM pg_available_extensions AS available)
 ORDER BY 1;
SQL
  while IFS= read -r line; do
    refused=yes
    log "$line"
  done < <(answer)
  [ -z "$refused" ] || fail 'nothing was made' 'declare something else, or change what is there by hand; then deploy again'
}

declared_rows() {
  local place rows=()
  for place in "${!NAMES[@]}"; do
    rows+=("($(sql_quoted "${NAMES[$place]}"), $(sql_quoted "${OWNERS[$place]}"))")
  done
  comma_separated "${rows[@]}"
}

quoted_list() { # TEXT...
  local text quoted=()
  for text in "$@"; do quoted+=("$(sql_quoted "$text")"); done
  comma_separated "${quoted[@]}"
}

comma_separated() {
  local IFS=,
  printf '%s' "$*"
}

# --- roles ---
make_roles() { # HOST
  local role statements mark
  for role in "${ROLES[@]}"; do
    mark=$(mark_statements "$role") || return 1 # first (see there)
    statements=$(password_statements "$role") || return 1
    in_database postgres "$1" <<SQL || return 1
BEGIN;
SELECT format('CREATE ROLE %I', $(sql_quoted "$role")) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = $(sql_quoted "$role")) \\gexec
$statements
SELECT format('ALTER ROLE %I LOGIN', rolname) FROM pg_roles WHERE rolname = $(sql_quoted "$role") AND NOT rolcanlogin \\gexec
$mark
COMMIT;
SQL
  done
}

# --- databases ---
make_database() { # HOST PLACE
  local name=${NAMES[$2]} owner=${OWNERS[$2]} unfinished there
  unfinished=$(unfinished_name "$name") || return 1
  in_database postgres "$1" <<SQL || return 1
SELECT count(*) FROM pg_database WHERE datname = $(sql_quoted "$name");
SQL
  there=$(answer)
  if [ "$there" = 1 ]; then
    complete "$1" "$2" "$name" || return 1
    say_once "database $name" "database $name is there, with all that is declared"
    return 0
  fi
  in_database postgres "$1" <<SQL || return 1
SELECT format('CREATE DATABASE %I OWNER %I CONNECTION LIMIT 0', $(sql_quoted "$unfinished"), $(sql_quoted "$owner"))
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = $(sql_quoted "$unfinished")) \\gexec
SELECT format('ALTER DATABASE %I OWNER TO %I', $(sql_quoted "$unfinished"), $(sql_quoted "$owner")) \\gexec
SQL
  close_to_others "$1" "$unfinished" || return 1
  complete "$1" "$2" "$unfinished" || return 1
  in_database postgres "$1" <<SQL || return 1
BEGIN;
SELECT format('ALTER DATABASE %I RENAME TO %I', $(sql_quoted "$unfinished"), $(sql_quoted "$name")) \\gexec
SELECT format('ALTER DATABASE %I CONNECTION LIMIT -1', $(sql_quoted "$name")) \\gexec
COMMIT;
SQL
  say_once "database $name" "database $name is made, with all that is declared"
}

# No declared database can begin like this.
unfinished_name() { # NAME
  local digest
  digest=$(printf '%s' "$1" | sha256sum) || return 1
  printf 'streamset.%s' "${digest:0:32}"
}

# Whoever may log in could connect to a database otherwise, and up to 14 create tables in it. From 15 on the schema public belongs
# to the owner of the database.
close_to_others() { # HOST DATABASE
  in_database "$2" "$1" <<'SQL'
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('ALTER SCHEMA %I OWNER TO pg_database_owner', nspname) FROM pg_namespace WHERE nspname = 'public' \gexec
SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', nspname) FROM pg_namespace WHERE nspname = 'public' \gexec
SQL
}

complete() { # HOST PLACE DATABASE
  local owner=${OWNERS[$2]} role extensions=() readers=()
  IFS=' ' read -r -a extensions <<<"${EXTENSIONS[$2]}"
  IFS=' ' read -r -a readers <<<"${READERS[$2]}"
  if [ "${#extensions[@]}" -gt 0 ]; then
    # by the owner, who can then update them too: all of these are trusted
    in_database "$3" "$1" <<SQL || return 1
SELECT format('SET ROLE %I', $(sql_quoted "$owner")) \\gexec
SELECT format('CREATE EXTENSION %I SCHEMA public', name)
  FROM unnest(ARRAY[$(quoted_list "${extensions[@]}")]) AS name
 WHERE name NOT IN (SELECT extname FROM pg_extension) \\gexec
SQL
  fi
  for role in "${readers[@]}"; do
    let_read "$1" "$3" "$owner" "$role" || return 1
  done
}

# What its owner has, and what its owner will have.
let_read() { # HOST DATABASE OWNER ROLE
  in_database "$2" "$1" <<SQL
SELECT oid AS owner_oid, rolname AS owner, $(sql_quoted "$4") AS reader FROM pg_roles WHERE rolname = $(sql_quoted "$3") \\gset
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), :'reader') \\gexec
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', nspname, :'reader')
  FROM pg_namespace
 WHERE (nspname = 'public' OR nspowner = :owner_oid) AND NOT has_schema_privilege(:'reader', oid, 'USAGE') \\gexec
SELECT format('GRANT SELECT ON %I.%I TO %I', nspname, relname, :'reader')
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
 WHERE relowner = :owner_oid AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relpersistence <> 't'
   AND NOT has_table_privilege(:'reader', pg_class.oid, 'SELECT') \\gexec
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT %s TO %I', :'owner', what, :'reader')
  FROM (VALUES ('USAGE ON SCHEMAS'), ('SELECT ON TABLES')) AS future(what) \\gexec
SQL
}

# --- psql, as superuser() calls it, in another database ---
in_database() { attempt run superuser_of "$@"; } # DATABASE HOST

superuser_of() { # DATABASE HOST
  PGPASSWORD=$(password postgres) PGCONNECT_TIMEOUT=5 PGOPTIONS="$SUPERUSER -c lock_timeout=${LOCK_SECONDS}s" \
    timeout "$STEP_SECONDS" "${PSQL[@]}" -X -q -A -t -v ON_ERROR_STOP=1 -U postgres \
    -d "dbname=$(conninfo_quoted "$1") $(encryption "$2")" -h "$2" -p "$(server_port)"
}

conninfo_quoted() { # TEXT
  local text=${1//\\/\\\\}
  printf "'%s'" "${text//\'/\\\'}"
}
