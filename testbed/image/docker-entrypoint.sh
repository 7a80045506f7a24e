#!/usr/bin/env bash
# A fake: stands for the entrypoint of the official postgres image. It reads PGDATA, POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB
# and POSTGRES_INITDB_ARGS (each also as …_FILE), POSTGRES_INITDB_WALDIR, POSTGRES_HOST_AUTH_METHOD and
# /docker-entrypoint-initdb.d, and starts the server as the user postgres, no matter whether root or that user calls it.
set -Eeo pipefail

# take_from_file NAME [DEFAULT]: sets NAME to its own value, else to the content of the file that NAME_FILE names, else to DEFAULT
take_from_file() {
  local name=$1 file=$1_FILE default=${2:-}
  if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
    echo >&2 "error: both $name and $file are set (but are exclusive)"
    exit 1
  fi
  local value=${!name:-$default}
  if [ -n "${!file:-}" ]; then value=$(<"${!file}"); fi
  export "$name=$value"
  unset "$file"
}

create_folders() {
  mkdir -p "$PGDATA" /var/run/postgresql
  # a volume may belong to another user and be writable for its group only
  chmod 00700 "$PGDATA" || :
  chmod 03775 /var/run/postgresql || :
  if [ -n "${POSTGRES_INITDB_WALDIR:-}" ]; then
    mkdir -p "$POSTGRES_INITDB_WALDIR"
    chmod 700 "$POSTGRES_INITDB_WALDIR"
  fi
  if [ "$(id -u)" = 0 ]; then
    find "$PGDATA" /var/run/postgresql ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"} \! -user postgres -exec chown postgres '{}' +
  fi
}

need_password() {
  if [ -n "$POSTGRES_PASSWORD" ] || [ "$POSTGRES_HOST_AUTH_METHOD" = trust ]; then return; fi
  cat >&2 <<'MESSAGE'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser, or POSTGRES_HOST_AUTH_METHOD=trust to allow all connections
       without a password.
MESSAGE
  exit 1
}

init_database() {
  if [ -n "${POSTGRES_INITDB_WALDIR:-}" ]; then set -- --waldir "$POSTGRES_INITDB_WALDIR" "$@"; fi
  # the arguments in the variable are shell words, as in the official image
  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "$POSTGRES_PASSWORD") '"$POSTGRES_INITDB_ARGS"' "$@"'
}

allow_remote_connections() { # server arguments
  local method
  method=$(postgres -C password_encryption "$@")
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-$method}" >>"$PGDATA/pg_hba.conf"
}

run_sql() {
  PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --no-password "$@"
}

create_database() {
  if [ "$POSTGRES_DB" = postgres ]; then return; fi
  if [ -n "$(run_sql -d postgres -v db="$POSTGRES_DB" -At <<<"SELECT 1 FROM pg_database WHERE datname = :'db'")" ]; then return; fi
  run_sql -d postgres -v db="$POSTGRES_DB" <<<'CREATE DATABASE :"db"'
}

run_init_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    echo "$0: $file"
    case $file in
      *.sh)
        if [ -x "$file" ]; then
          "$file"
        else
          # shellcheck source=/dev/null
          . "$file"
        fi
        ;;
      *.sql) run_sql -d "$POSTGRES_DB" -f "$file" ;;
      *.sql.gz) gunzip -c "$file" | run_sql -d "$POSTGRES_DB" ;;
    esac
  done
}

# fill_data_folder SERVER-ARGUMENTS...
fill_data_folder() {
  take_from_file POSTGRES_PASSWORD
  take_from_file POSTGRES_USER postgres
  take_from_file POSTGRES_DB "$POSTGRES_USER"
  take_from_file POSTGRES_INITDB_ARGS
  : "${POSTGRES_HOST_AUTH_METHOD:=}"
  need_password
  init_database
  allow_remote_connections "$@"
  export PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
  pg_ctl -D "$PGDATA" -o "$(printf '%q ' "$@" -c listen_addresses='' -p "${PGPORT:-5432}")" -w start
  create_database
  run_init_files
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

# these only print something: no data folder is needed
only_prints() {
  local argument
  for argument in "$@"; do
    case $argument in -'?' | --help | --describe-config | -V | --version | -C) return 0 ;; esac
  done
  return 1
}

if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
if [ "$1" = postgres ] && ! only_prints "$@"; then
  create_folders
  if [ "$(id -u)" = 0 ]; then exec gosu postgres "${BASH_SOURCE[0]}" "$@"; fi
  if [ -s "$PGDATA/PG_VERSION" ]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
  else
    fill_data_folder "${@:2}"
  fi
fi
exec "$@"
